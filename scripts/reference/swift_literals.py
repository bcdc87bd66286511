"""Writes arrays as Swift source, for the scripts that make reference values."""
import numpy as np


def spread(*shape, scale=1.0, seed=0.0):
    """Numbers without a pattern that need no random generator: a fractional-part sequence in (-scale, scale)."""
    count = int(np.prod(shape))
    index = np.arange(1, count + 1, dtype=np.float64)
    values = np.modf((index + seed) * 0.6180339887498949 + (index * index) * 0.0379)[0] * 2 - 1
    return (values * scale).astype(np.float32).reshape(shape)


def literal(name, values, kind):
    flat = np.asarray(values, dtype=np.float64).reshape(-1)
    digits = 9 if kind == "Float" else 17
    if flat.size == 0:
        return f"  static let {name}: [{kind}] = []\n"
    lines, line = [], "   "
    for value in flat:
        text = f" {value:.{digits}g},"
        if len(line) + len(text) > 118:
            lines.append(line)
            line = "   "
        line += text
    lines.append(line.rstrip(",") if flat.size == 1 else line)
    body = "\n".join(lines)
    return f"  static let {name}: [{kind}] = [\n{body}\n  ]\n"


def write(path, script, enum, entries, kind="Float", gather=None):
    """Writes an enum of arrays; `gather` names a structure that is made of all of them, as the member `values`."""
    with open(path, "w") as file:
        file.write(f"// Made by {script}; do not edit.\n\nenum {enum} {{\n")
        file.write("\n".join(literal(name, values, kind) for name, values in entries))
        if gather:
            labels = [f"{name}: {name}" for name, _ in entries]
            lines, line = [], "   "
            for text in [label + "," for label in labels[:-1]] + [labels[-1] + ")"]:
                if len(line) + 1 + len(text) > 118:
                    lines.append(line)
                    line = "   "
                line += " " + text
            lines.append(line)
            file.write(f"\n  static let values = {gather}(\n" + "\n".join(lines) + "\n")
        file.write("}\n")
