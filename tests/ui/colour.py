"""Just enough of CSS colour to compute what the stylesheet's tokens come to."""

import re


class Tokens:
    """The custom properties of a stylesheet in one mode, worked out to sRGB."""

    def __init__(self, css, mode, over):
        self.mode = mode
        plain, _, derived = css.partition("@supports (color: light-dark")
        derived = derived.partition("/* -----")[0]
        pattern = r"--([a-z0-9-]+):\s*([^;]+);"
        self.values = dict(re.findall(pattern, plain)) | dict(re.findall(pattern, derived)) | over

    def __getitem__(self, name):
        return self.work_out(self.values[name])

    def work_out(self, value):
        value = value.strip()
        if value.startswith("#"):
            digits = value[1:] if len(value) == 7 else "".join(d * 2 for d in value[1:])
            return tuple(int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4))
        name, inside = re.fullmatch(r"([a-z-]+)\((.*)\)", value, re.DOTALL).groups()
        parts = split(inside)
        if name == "var":
            return self[parts[0][2:]]
        if name == "light-dark":
            return self.work_out(parts[0 if self.mode == "light" else 1])
        assert (name, parts[0]) == ("color-mix", "in oklab")
        first, share = parts[1].rsplit(" ", 1)
        share = float(share.rstrip("%")) / 100
        pairs = zip(oklab(self.work_out(first)), oklab(self.work_out(parts[2])), strict=True)
        return from_oklab([a * share + b * (1 - share) for a, b in pairs])


def split(inside):
    """Arguments parted by commas that stand in no inner brackets."""
    parts, depth = [""], 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def linear(c):
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def gamma(c):
    c = min(max(c, 0), 1)
    return c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def oklab(rgb):
    r, g, b = (linear(c) for c in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    mid = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short,
    )


def from_oklab(lab):
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return tuple(
        gamma(c)
        for c in (
            4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
        )
    )


def luminance(rgb):
    r, g, b = (linear(c) for c in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
