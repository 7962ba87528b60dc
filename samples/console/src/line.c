/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Line editor.
 *
 * Its echo is a function of the bytes alone, not of when they arrive: a script's log looks the
 * same each time. A line that is too long or has bytes in it that are no text is not cut to fit
 * but refused as a whole, since what is left of it may mean something else.
 */

#include "line.h"

#include <zephyr/sys/printk.h>

#define BELL       0x07
#define ESCAPE     0x1b
#define DELETE     0x7f
#define CONTROL(c) ((c) - '@')

#define ERASE_ONE "\b \b"

/* Keys such as the arrows send escape sequences: ESC [ parameters letter, or ESC O letter. */
enum key {
	KEY_NONE,
	KEY_ESCAPE,   /* ESC has come */
	KEY_SEQUENCE, /* and '[' or 'O' */
};

void line_clear(struct line *line)
{
	bool after_cr = line->after_cr;

	*line = (struct line){.after_cr = after_cr};
}

static void erase_one(struct line *line)
{
	if (line->excess > 0U) {
		line->excess--;
	} else if (line->length > 0U) {
		line->length--;
		printk(ERASE_ONE);
	}
}

static void erase_all(struct line *line)
{
	line->excess = 0U;
	while (line->length > 0U) {
		erase_one(line);
	}
	line_clear(line);
}

static void add(struct line *line, char c)
{
	if (line->length < LINE_LENGTH) {
		line->text[line->length++] = c;
		printk("%c", c);
		return;
	}
	if (line->excess == 0U) {
		printk("%c", BELL);
	}
	line->excess++;
}

/* Swallow the escape sequence of a key that means nothing here, with a bell as the answer. */
static bool is_part_of_key(struct line *line, uint8_t byte)
{
	switch (line->key) {
	case KEY_ESCAPE:
		line->key = byte == '[' || byte == 'O' ? KEY_SEQUENCE : KEY_NONE;
		if (line->key == KEY_NONE) {
			line->unprintable++; /* a mere ESC */
		}
		return line->key == KEY_SEQUENCE;
	case KEY_SEQUENCE:
		if (byte < ' ' || byte > '~') {
			line->key = KEY_NONE;
			line->unprintable++; /* a sequence that was cut off */
			return false;
		}
		if (byte >= '@') {
			line->key = KEY_NONE;
			printk("%c", BELL);
		}
		return true;
	default:
		return false;
	}
}

static enum line_event finish(struct line *line, enum line_event event, const char *echo)
{
	line->text[line->length] = '\0';
	printk("%s\n", echo);
	return event;
}

static enum line_event take_control(struct line *line, uint8_t byte)
{
	switch (byte) {
	case '\r':
	case '\n':
		return finish(line, LINE_DONE, "");
	case CONTROL('C'):
		return finish(line, LINE_DISCARDED, "^C");
	case CONTROL('D'):
		return finish(line, LINE_LAST, "");
	case '\b':
	case DELETE:
		erase_one(line);
		break;
	case CONTROL('U'):
		erase_all(line);
		break;
	case '\t':
		add(line, ' ');
		break;
	case ESCAPE:
		line->key = KEY_ESCAPE;
		break;
	default:
		line->unprintable++;
		break;
	}
	return LINE_GOES_ON;
}

enum line_event line_take(struct line *line, uint8_t byte)
{
	bool ends_crlf = line->after_cr && byte == '\n';

	line->after_cr = byte == '\r';
	if (ends_crlf || is_part_of_key(line, byte)) {
		return LINE_GOES_ON;
	}
	if (byte >= ' ' && byte <= '~') {
		add(line, (char)byte);
		return LINE_GOES_ON;
	}
	return take_control(line, byte);
}

bool line_is_complete(const struct line *line)
{
	if (line->excess != 0U) {
		printk("line of %u characters ignored: the limit is %u\n",
		       (unsigned int)(LINE_LENGTH + line->excess), LINE_LENGTH);
	}
	if (line->unprintable != 0U) {
		printk("line ignored: %u unprintable byte%s in it\n",
		       (unsigned int)line->unprintable, line->unprintable == 1U ? "" : "s");
	}
	return line->excess == 0U && line->unprintable == 0U;
}
