"""The functions of other tools under their own names, so that a changed import is the whole migration.

========================================================  ===================================================
instead of                                                write
========================================================  ===================================================
``from camel_tools.utils.dediac import ...``              ``from kayan.compat.camel import ...``
``from camel_tools.utils.normalize import ...``           ``from kayan.compat.camel import ...``
``from camel_tools.utils.charmap import CharMapper``      ``from kayan.compat.camel import ...``
``import pyarabic.araby as araby``                        ``import kayan.compat.pyarabic as araby``
``from pyarabic.normalize import normalize_searchtext``   ``from kayan.compat.pyarabic import ...``
``from arabert.preprocess import ArabertPreprocessor``    ``from kayan.compat.arabert import ...``
``from flashtext import KeywordProcessor``                ``from kayan.compat.flashtext import ...``
``import ahocorasick``                                    ``import kayan.compat.pyahocorasick as ahocorasick``
Lucene's ``ArabicNormalizer`` and its like                ``from kayan.compat.lucene import ...``
========================================================  ===================================================

Each function gives what the tool gives, also where the tool is odd; the page *Parity* lists what was compared
and what is not here. Many are a profile of `kayan.Normalizer`, which besides takes whole columns and keeps
offsets.
"""

from functools import cache

from kayan._normalizer import Normalizer

# Building a normalizer costs far more than a short text does.
_profile = cache(Normalizer)
