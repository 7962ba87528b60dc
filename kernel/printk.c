/* SPDX-License-Identifier: Apache-2.0 */

/*
 * printk() and the formatting under it.
 *
 * Not the C library's, as that may lock, allocate or want a large stack, and printk() has to work
 * in an interrupt and while the system falls down. Each character leaves as it is formatted.
 */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <arch_interface.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

struct output {
	void (*put)(struct output *out, char c);
	char *buffer; /* vsnprintk() only */
	size_t size;
	int length; /* characters so far, room or not */
};

struct spec {
	bool left;
	bool zero;
	bool upper;
	bool alternate; /* "0x" in front */
	char plus;      /* '+', ' ' or 0 */
	int width;
	int precision; /* -1: none given */
	int longs;     /* 0: int, 1: long, 2: long long, -1: short, -2: char */
};

static void emit(struct output *out, char c)
{
	out->put(out, c);
	out->length++;
}

static void pad(struct output *out, char c, int count)
{
	while (count-- > 0) {
		emit(out, c);
	}
}

static void put_text(struct output *out, const struct spec *spec, const char *text)
{
	int length = 0;

	if (text == NULL) {
		text = "(null)";
	}
	while ((spec->precision < 0 || length < spec->precision) && text[length] != '\0') {
		length++;
	}
	pad(out, ' ', spec->left ? 0 : spec->width - length);
	for (int i = 0; i < length; i++) {
		emit(out, text[i]);
	}
	pad(out, ' ', spec->left ? spec->width - length : 0);
}

static void put_number(struct output *out, const struct spec *spec, uint64_t value,
		       unsigned int base, char sign)
{
	static const char lower[] = "0123456789abcdef";
	static const char upper[] = "0123456789ABCDEF";
	char digits[24]; /* 2^64 in octal has 22 */
	int count = 0;
	int zeros = 0;
	int fill;

	while (value != 0U || (count == 0 && spec->precision != 0)) {
		unsigned int digit;

		if (value <= UINT32_MAX) { /* spares the 64-bit division most of the time */
			digit = (uint32_t)value % base;
			value = (uint32_t)value / base;
		} else {
			digit = (unsigned int)(value % base);
			value /= base;
		}
		digits[count++] = spec->upper ? upper[digit] : lower[digit];
	}
	if (spec->precision > count) {
		zeros = spec->precision - count;
	}
	fill = spec->width - count - zeros - (sign != 0 ? 1 : 0) -
	       (spec->alternate && base == 16U ? 2 : 0);
	if (spec->zero && !spec->left && spec->precision < 0) {
		zeros = MAX(fill, 0);
		fill = 0;
	}

	pad(out, ' ', spec->left ? 0 : fill);
	if (sign != 0) {
		emit(out, sign);
	}
	if (spec->alternate && base == 16U) {
		emit(out, '0');
		emit(out, spec->upper ? 'X' : 'x');
	}
	pad(out, '0', zeros);
	while (count > 0) {
		emit(out, digits[--count]);
	}
	pad(out, ' ', spec->left ? fill : 0);
}

static const char *parse_number(const char *fmt, int *value, va_list *ap)
{
	if (*fmt == '*') {
		*value = va_arg(*ap, int);
		return fmt + 1;
	}
	*value = 0;
	while (*fmt >= '0' && *fmt <= '9') {
		*value = *value * 10 + (*fmt++ - '0');
	}
	return fmt;
}

static const char *parse_flags(const char *fmt, struct spec *spec)
{
	for (;; fmt++) {
		if (*fmt == '-') {
			spec->left = true;
		} else if (*fmt == '0') {
			spec->zero = true;
		} else if (*fmt == '#') {
			spec->alternate = true;
		} else if (*fmt == '+' || *fmt == ' ') {
			spec->plus = *fmt;
		} else {
			return fmt;
		}
	}
}

static const char *parse_length(const char *fmt, struct spec *spec)
{
	for (;; fmt++) {
		if (*fmt == 'l') {
			spec->longs++;
		} else if (*fmt == 'h') {
			spec->longs--;
		} else if (*fmt == 'z' || *fmt == 't') {
			spec->longs = sizeof(size_t) == sizeof(long) ? 1 : 0;
		} else if (*fmt == 'j') {
			spec->longs = 2;
		} else {
			return fmt;
		}
	}
}

static const char *parse_spec(const char *fmt, struct spec *spec, va_list *ap)
{
	*spec = (struct spec){.precision = -1};
	fmt = parse_flags(fmt, spec);
	fmt = parse_number(fmt, &spec->width, ap);
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*fmt == '.') {
		fmt = parse_number(fmt + 1, &spec->precision, ap);
	}
	return parse_length(fmt, spec);
}

static void put_signed(struct output *out, const struct spec *spec, va_list *ap)
{
	int64_t value;

	if (spec->longs >= 2) {
		value = va_arg(*ap, long long);
	} else if (spec->longs == 1) {
		value = va_arg(*ap, long);
	} else {
		value = va_arg(*ap, int);
		value = spec->longs == -1  ? (short)value
			: spec->longs < -1 ? (signed char)value
					   : value;
	}
	put_number(out, spec, value < 0 ? 0U - (uint64_t)value : (uint64_t)value, 10U,
		   value < 0 ? '-' : spec->plus);
}

static void put_unsigned(struct output *out, const struct spec *spec, unsigned int base,
			 va_list *ap)
{
	uint64_t value;

	if (spec->longs >= 2) {
		value = va_arg(*ap, unsigned long long);
	} else if (spec->longs == 1) {
		value = va_arg(*ap, unsigned long);
	} else {
		value = va_arg(*ap, unsigned int);
		value = spec->longs == -1  ? (unsigned short)value
			: spec->longs < -1 ? (unsigned char)value
					   : value;
	}
	put_number(out, spec, value, base, 0);
}

/* Print one conversion, @fmt being behind the '%'. Returns what follows it. */
static const char *convert(struct output *out, const char *fmt, va_list *ap)
{
	const char *start = fmt;
	struct spec spec;
	char one[2] = {0};

	fmt = parse_spec(fmt, &spec, ap);
	switch (*fmt) {
	case 'd':
	case 'i':
		put_signed(out, &spec, ap);
		break;
	case 'u':
		put_unsigned(out, &spec, 10U, ap);
		break;
	case 'o':
		put_unsigned(out, &spec, 8U, ap);
		break;
	case 'X':
		spec.upper = true;
		__fallthrough;
	case 'x':
		put_unsigned(out, &spec, 16U, ap);
		break;
	case 'p':
		spec.alternate = true;
		put_number(out, &spec, (uintptr_t)va_arg(*ap, void *), 16U, 0);
		break;
	case 'c':
		one[0] = (char)va_arg(*ap, int);
		put_text(out, &spec, one);
		break;
	case 's':
		put_text(out, &spec, va_arg(*ap, const char *));
		break;
	case '%':
		emit(out, '%');
		break;
	case '\0':
		emit(out, '%');
		return start; /* a lone '%' at the end */
	default:
		emit(out, '%');
		return start; /* as it stands */
	}
	return fmt + 1;
}

static void format(struct output *out, const char *fmt, va_list ap)
{
	va_list args;

	va_copy(args, ap); /* so that its address can be taken on every ABI */
	while (*fmt != '\0') {
		if (*fmt == '%') {
			fmt = convert(out, fmt + 1, &args);
		} else {
			emit(out, *fmt++);
		}
	}
	va_end(args);
}

static void put_in_buffer(struct output *out, char c)
{
	if ((size_t)out->length + 1U < out->size) {
		out->buffer[out->length] = c;
	}
}

int vsnprintk(char *str, size_t size, const char *fmt, va_list ap)
{
	struct output out = {.put = put_in_buffer, .buffer = str, .size = size};

	format(&out, fmt, ap);
	if (size != 0U) {
		str[MIN((size_t)out.length, size - 1U)] = '\0';
	}
	return out.length;
}

int snprintk(char *str, size_t size, const char *fmt, ...)
{
	va_list ap;
	int length;

	va_start(ap, fmt);
	length = vsnprintk(str, size, fmt, ap);
	va_end(ap);
	return length;
}

#ifdef CONFIG_PRINTK
static int (*hook)(int c);

static void put_on_console(struct output *out, char c)
{
	ARG_UNUSED(out);
	if (hook != NULL) {
		(void)hook(c); /* nothing to be done about a console that fails */
	} else {
		board_putc(c);
	}
}

void __printk_hook_install(int (*put)(int c))
{
	hook = put;
}

void vprintk(const char *fmt, va_list ap)
{
	struct output out = {.put = put_on_console};

	format(&out, fmt, ap);
}

void printk(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintk(fmt, ap);
	va_end(ap);
}
#endif
