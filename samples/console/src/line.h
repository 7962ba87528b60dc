/* SPDX-License-Identifier: Apache-2.0 */

/** @file Line editor: characters in, lines out, echo on the way. Knows no console and no task. */

#ifndef LINE_H_
#define LINE_H_

#include <stdbool.h>
#include <stdint.h>

#define LINE_LENGTH CONFIG_CONSOLE_LINE_LENGTH

/** The line that is being typed. All zero at first. */
struct line {
	char text[LINE_LENGTH + 1]; /**< NUL-terminated once it is done. */
	uint8_t length;
	uint8_t key;          /**< Progress in the escape sequence of a key. */
	bool after_cr;        /**< A line feed now belongs to the line before. */
	uint32_t excess;      /**< Characters that found no room. */
	uint32_t unprintable; /**< Bytes that are no text. */
};

enum line_event {
	LINE_GOES_ON,
	LINE_DONE,      /**< Carriage return, line feed, or both. */
	LINE_DISCARDED, /**< ^C */
	LINE_LAST,      /**< ^D: done, and no line will follow. */
};

/** Take a byte and echo it. On any other event than LINE_GOES_ON call line_clear() afterwards. */
enum line_event line_take(struct line *line, uint8_t byte);

/** Begin a new line. */
void line_clear(struct line *line);

/** Whether all that was typed is in the line. If not, this says so. */
bool line_is_complete(const struct line *line);

#endif /* LINE_H_ */
