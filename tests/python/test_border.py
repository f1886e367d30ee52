"""Where Python calls in: whatever is wrong inside is an error that programs can catch."""

import contextlib
import sys
import threading

import pytest

import kayan

pa = pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")


def texts(offsets, data):
    """An Arrow array whose offsets and bytes can be written to later."""
    offsets, data = np.array(offsets, dtype="i4"), np.frombuffer(bytearray(data), dtype="u1")
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers), offsets, data


CALLS = {
    "find_batch": lambda column: kayan.Matcher(["دبي"]).find_batch(column),
    "count": lambda column: kayan.Matcher(["دبي"]).count(column),
    "normalize_batch": lambda column: kayan.Normalizer().normalize_batch(column),
    "describe_texts": kayan.describe_texts,
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("offsets", "said"),
    [
        pytest.param([0, -5, 12], "outside of its Arrow buffer", id="negative"),
        pytest.param([0, 600, 12], "outside of its Arrow buffer", id="beyond the end"),
        pytest.param([12, 6, 12], "outside of its Arrow buffer", id="falling"),
        pytest.param([0, 7, 12], "row 0 is not UTF-8", id="inside a character"),
    ],
)
def test_offsets_that_changed_are_refused(call, offsets, said):
    column, own, _ = texts([0, 6, 12], "دبي".encode() * 2)
    own[:] = offsets
    with pytest.raises(kayan.KayanError, match=said):
        CALLS[call](column)


def test_offsets_that_another_thread_changes_are_an_answer_or_an_error():
    size = 3000
    right = [6 * row for row in range(size + 1)]
    column, offsets, _ = texts(right, "دبي".encode() * size)
    done = threading.Event()
    good, bad = np.array(right, dtype="i4"), np.array(right, dtype="i4")
    bad[1:-1] = np.random.default_rng(0).integers(-(2**31), 2**31, size - 1)

    def change():
        while not done.is_set():
            np.copyto(offsets, bad)
            np.copyto(offsets, good)

    changer = threading.Thread(target=change)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    changer.start()
    try:
        for _ in range(200):
            with contextlib.suppress(kayan.KayanError):
                kayan.Matcher(["دبي"]).find_batch(column)
    finally:
        sys.setswitchinterval(interval)
        done.set()
        changer.join()


class Consumed:
    """What an Arrow column gives out once."""

    def __init__(self, name, given):
        setattr(self, name, lambda requested_schema=None: given)


@pytest.mark.parametrize("call", ["find_batch", "normalize_batch"])
def test_a_capsule_that_was_consumed_before_is_refused(call):
    array = pa.array(["دبي"])
    once = Consumed("__arrow_c_array__", array.__arrow_c_array__())
    assert len(CALLS[call](once))
    with pytest.raises(kayan.KayanError, match="taken over by another consumer"):
        CALLS[call](once)
    once = Consumed("__arrow_c_stream__", pa.chunked_array([array]).__arrow_c_stream__())
    assert len(CALLS[call](once))
    with pytest.raises(kayan.KayanError, match="already released"):
        CALLS[call](once)


@pytest.mark.parametrize("word", ["_", "__ _", "-", "()", "\N{ARABIC TATWEEL}", "_محمد"])
@pytest.mark.parametrize("variants", [(), "all"])
def test_words_of_lists_of_which_folding_leaves_nothing_are_refused(word, variants):
    def build():
        gazetteer = kayan.Gazetteer()
        gazetteer.add_word_list("given", [word])
        gazetteer.add_rule("r", "given given", "NAME")
        return kayan.Matcher(gazetteer, name_variants=variants)

    with pytest.raises(kayan.KayanError):
        build()


def test_a_panic_is_an_error_that_asks_for_a_report():
    # Nothing public panics, so one is asked for.
    with pytest.raises(kayan.KayanError, match=r"^internal error: asked for; .*please report it"):
        kayan._core.panic()
    assert kayan.Matcher(["دبي"]).contains("دبي")
