"""The functions of other tools under their own names, so that a changed import is the whole migration.

========================================================  ====================================
instead of                                                write
========================================================  ====================================
``from camel_tools.utils.dediac import ...``              ``from kayan.compat.camel import ...``
``from camel_tools.utils.normalize import ...``           ``from kayan.compat.camel import ...``
``import pyarabic.araby as araby``                        ``import kayan.compat.pyarabic as araby``
``from pyarabic.normalize import normalize_searchtext``   ``from kayan.compat.pyarabic import ...``
Lucene's ``ArabicNormalizer`` and its like                ``from kayan.compat.lucene import ...``
========================================================  ====================================

Each function gives what the tool gives, character for character, also where the tool is odd; each is a
profile of `kayan.Normalizer`, which besides takes whole columns and keeps offsets. AraBERT's preprocessor
is not here.
"""

from functools import cache

from kayan._normalizer import Normalizer

# Building a normalizer costs far more than a short text does.
_profile = cache(Normalizer)
