"""Colours of labels: told apart by all, read on both papers, the same everywhere."""

from itertools import combinations

import pytest

import kayan
from kayan._views import colours

np = pytest.importorskip("numpy")

# Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
SEEN = {
    "all": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip


def oklab(colour, eyes):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return 100 * LAB @ np.cbrt(LMS @ np.clip(np.array(SEEN[eyes]) @ linear, 0, 1))


def distance(one, other, eyes):
    return np.linalg.norm(oklab(colours.strong(one), eyes) - oklab(colours.strong(other), eyes))


PAIRS = list(combinations(range(len(colours.PALETTE)), 2))


@pytest.mark.parametrize(("eyes", "least"), [("all", 11), ("protan", 4.9), ("deutan", 4.9), ("tritan", 4.9)])
def test_any_two_colours_are_told_apart(eyes, least):
    assert min(distance(*pair, eyes) for pair in PAIRS) >= least


@pytest.mark.parametrize("eyes", ["protan", "deutan", "tritan"])
def test_close_colours_have_different_lines(eyes):
    close = [pair for pair in PAIRS if distance(*pair, eyes) < 7.5]
    assert [pair for pair in close if colours.line(pair[0]) == colours.line(pair[1])] == []


@pytest.mark.parametrize("slot", range(len(colours.PALETTE)))
def test_contrast(slot):
    for dark in (False, True):
        assert colours.contrast(colours.INK[dark], colours.tint(slot, dark)) >= 4.5
    assert colours.contrast(colours.on_strong(slot), colours.strong(slot)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_built_in_labels_have_colours_of_their_own():
    labels = kayan.Gazetteer.builtin().labels
    slots = colours.slots({*labels, "NAME"})
    assert len({colours.strong(slot) for slot in slots.values()}) == len(slots) >= 21
    assert all(colours.slots([label]) == {label: slots[label]} for label in slots)


def test_a_label_keeps_its_colour_and_no_two_share_one(monkeypatch):
    monkeypatch.setattr(colours, "_WANTED", {"LOC": 0, "PER": 2})  # as nothing else had been shown
    first = colours.slots(["TEST_B"])
    together = colours.slots(["TEST_A", "TEST_B", "COUNTRY", "LOC"])
    assert together["TEST_B"] == first["TEST_B"]
    assert colours.slots(["TEST_A"])["TEST_A"] == together["TEST_A"]
    assert len(set(together.values())) == 4
    many = colours.slots([f"TEST_{n}" for n in range(90)])
    signs = {(colours.strong(slot), colours.line(slot)) for slot in many.values()}
    assert len(signs) == 90, "beyond the palette, the line tells labels apart"
