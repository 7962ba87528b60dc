#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0

"""Which function may be called where: a table made of the comments in async/include/eddy.

usage: contexts.py            print the table
       contexts.py --write    put it into docs/async.md
       contexts.py --check    fail unless the guide has it, and tests/async/contexts calls from an
                              interrupt whatever may be called there

The comment of each public function and macro says its context, as the first words

    behind "@par Context":       Any | Task | Thread | Interrupt
    of a sentence anywhere else: Any context | Task | Thread | Interrupt

followed by a full stop, or by , : ; and conditions. "For a thread" means Thread, too. A comment
that begins with "The same" and says nothing else means the context of the comment before.

Public is what has no underscore at its end and no plain comment, unless it has none at all and a
macro or an inline function of the headers needs it. Names in capitals make definitions and types,
which have no context, but for those that end in _INIT.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = ROOT / "async/include/eddy"
GUIDE = ROOT / "docs/async.md"
CALLS = ROOT / "tests/async/contexts/src"

BEGIN = "<!-- made from the headers, by scripts/contexts.py -->\n"
END = "<!-- end of what is made -->\n"

# Begin and declare async functions: no calls.
DECLARATIONS = {"async_fn", "async_decl"}

# What a plain comment counts as.
PRIVATE = ""

COMMENT = re.compile(r"/\*\*(?!<)(.*?)\*/|/\*.*?\*/", re.DOTALL)
PARAGRAPH = re.compile(r"@par Context\s+(Any|Task|Thread|Interrupt)\b(?! or\b)")
SENTENCE = re.compile(r"(?:^|[.)] )(?:(Any) context|(Task|Thread|Interrupt))(?=[.,:;])")
FOR_THREAD = re.compile(r"\bfor a thread\b")


class Declaration:
    def __init__(self, name, header, comment, before):
        self.name = name
        self.header = header
        self.comment = comment  # None: it has none
        self.before = before    # the documented declaration before it, for "The same"

    def context(self):
        """Any, Task, Thread, Interrupt, or None if the comment does not say."""
        if match := PARAGRAPH.search(self.comment) or SENTENCE.search(self.comment):
            return next(group for group in match.groups() if group)
        if FOR_THREAD.search(self.comment):
            return "Thread"
        if self.comment.startswith("The same") and self.before:
            return self.before.context()
        return None


def plain(comment):
    """A comment as one line, without stars."""
    lines = (line.strip().removeprefix("*").strip() for line in comment.splitlines())
    return " ".join(line for line in lines if line)


def declared_name(text):
    """The function or macro that is declared where text begins, or None."""
    if match := re.match(r"#define (\w+)", text):
        return match[1]
    if re.match(r"#|typedef\b|BUILD_ASSERT\b|\s|}", text):
        return None
    head = re.match(r"[^;{]*", text)[0]
    match = re.search(r"(\w+)\s*\(", head)
    return match[1] if match else None


def lines_with_comments(text):
    """Yield (rest of the text, comment right before it or None) for each line outside comments."""
    comments = {match.end(): match for match in COMMENT.finditer(text)}
    comment, position, in_macro = None, 0, False
    while position < len(text):
        if match := COMMENT.match(text, position):
            comment = plain(match[1]) if match[1] is not None else PRIVATE
            position = match.end()
            position = text.find("\n", position) + 1 or len(text)
            continue
        end = text.find("\n", position) + 1 or len(text)
        line = text[position:end]
        if not in_macro and line.strip():
            yield text[position:], comment
        # A plain comment is for all lines up to an empty one, another for one declaration.
        if comment == PRIVATE:
            is_over = not line.strip()
        else:
            is_over = not re.match(r"#(if|else|endif)", line)
        if is_over:
            comment = None
        in_macro = line.rstrip().endswith("\\")
        position = end


def declarations_of(header):
    found, before = [], None
    for text, comment in lines_with_comments(header.read_text()):
        name = declared_name(text)
        if name:
            found.append(Declaration(name, header, comment, before))
            if comment:
                before = found[-1]
    return found


def is_a_call(name):
    if name.endswith("_") or name in DECLARATIONS:
        return False
    return not name.isupper() or name.endswith("_INIT")


def undocumented(declarations, code):
    """Names without a comment that nothing in the headers needs."""
    documented = {d.name for d in declarations if d.comment is not None}
    for name in {d.name for d in declarations} - documented:
        uses = len(re.findall(rf"\b{name}\b", code)) - sum(d.name == name for d in declarations)
        if uses == 0:
            yield name


def collect():
    """Context and header of each public function: {name: (context, header)}; and complaints."""
    headers = sorted(HEADERS.glob("*.h"))
    declarations = [d for h in headers for d in declarations_of(h) if is_a_call(d.name)]
    code = "\n".join(COMMENT.sub("", header.read_text()) for header in headers)
    contexts = {}
    complaints = [f"{name}: public, but no comment" for name in undocumented(declarations, code)]
    for declaration in declarations:
        if not declaration.comment:
            continue
        context = declaration.context()
        if context is None:
            place = declaration.header.relative_to(ROOT)
            complaints.append(f"{place}: {declaration.name}: does not say its context")
        contexts.setdefault(declaration.name, (context, declaration.header.name))
    return contexts, sorted(complaints)


def cell(contexts, header, context):
    return ", ".join(f"`{name}`" for name in sorted(contexts)
                     if contexts[name] == (context, header))


def table(contexts):
    lines = ["| header | anywhere | task | thread | interrupt |",
             "|---|---|---|---|---|"]
    for header in sorted({header for _, header in contexts.values()}):
        cells = [cell(contexts, header, kind) for kind in ("Any", "Task", "Thread", "Interrupt")]
        lines.append(f"| `{header}` | {' | '.join(cells)} |")
    return "\n".join(line.replace("|  |", "| |").replace("|  |", "| |") for line in lines) + "\n"


def split_guide():
    before, rest = GUIDE.read_text().split(BEGIN)
    old, after = rest.split(END)
    return before, old, after


def write_guide(text):
    before, _, after = split_guide()
    GUIDE.write_text(before + BEGIN + text + END + after)


def check(contexts):
    """Complaints about the guide and the test."""
    if split_guide()[1] != table(contexts):
        yield f"{GUIDE.relative_to(ROOT)}: is out of date: run scripts/contexts.py --write"
    code = "\n".join(path.read_text() for path in sorted(CALLS.glob("*.c")))
    called = re.findall(r"^ANYWHERE(?:_AFTER)?\((\w+)", code, re.MULTILINE)
    allowed = {name for name, (context, _) in contexts.items() if context == "Any"}
    for name in sorted(allowed - set(called)):
        yield f"{CALLS.relative_to(ROOT)}: does not call {name} from an interrupt"
    for name in sorted(set(called) - allowed):
        yield f"{name}: called from an interrupt, but its comment does not allow that"


def main():
    option = sys.argv[1] if len(sys.argv) > 1 else ""
    contexts, complaints = collect()
    if option == "--write":
        write_guide(table(contexts))
    elif option == "--check":
        complaints += check(contexts)
    else:
        print(table(contexts), end="")
    for complaint in complaints:
        print(f"contexts: {complaint}", file=sys.stderr)
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
