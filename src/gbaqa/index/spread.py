"""Embedding spread over processes by Dask, on this machine or on as many as its scheduler knows.

Embedding is most of what a build does. Each worker opens the model once and takes one batch after another; a batch whose worker
dies goes to another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from gbaqa.config import Settings
from gbaqa.errors import SettingsError
from gbaqa.index.embeddings import Embedded, Progress, embed_texts, open_embeddings

if TYPE_CHECKING:
    from distributed import Client

_BATCH = 64  # texts that travel together: some 20 kB there and 400 kB back
_RETRIES = 2  # of a batch that failed
_PATIENCE = 30  # seconds until a scheduler must answer


def embed_spread(settings: Settings, texts: list[str], progress: Progress | None = None, *, tokens: bool = True) -> Embedded:
    """Unit vectors of passages and, where wanted, of their tokens, embedded by the workers that GBAQA_DASK names.

    Raises:
        SettingsError: the extra is not installed, the scheduler does not answer, or a worker cannot load the model.
    """
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    with _workers(settings.dask) as client:
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        futures = client.map(_embed, batches, spec=settings.embeddings, device=settings.device, tokens=tokens, pure=False, retries=_RETRIES)
        place = {future.key: number for number, future in enumerate(futures)}
        embedded: dict[int, Embedded] = {}
        try:
            for future, found in as_completed(futures, with_results=True):
                embedded[place[future.key]] = found
                if progress:
                    progress(sum(len(batch.vectors) for batch in embedded.values()), len(texts))
        except KilledWorker as error:
            raise SettingsError(
                f"GBAQA_DASK={settings.dask!r}: workers died again and again while embedding; give them more memory, or use fewer."
            ) from error
    in_order = [embedded[number] for number in range(len(batches))]
    return Embedded(np.concatenate([batch.vectors for batch in in_order]), [one for batch in in_order for one in batch.tokens])


def _embed(batch: list[str], spec: str, device: str, *, tokens: bool) -> Embedded:
    """What a worker does; one thread each, since there are many workers."""
    return embed_texts(open_embeddings(spec, device), batch, tokens=tokens, threads=1)


@contextmanager
def _workers(where: str) -> "Iterator[Client]":
    """A client of so many processes of our own, which end with it, or of the scheduler at an address."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise SettingsError("GBAQA_DASK asks for Dask, which is not installed; run: pip install 'gbaqa[dask]'.") from error
    if where.isdecimal():
        with (
            LocalCluster(n_workers=int(where), threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(where, timeout=_PATIENCE)
    except (OSError, ValueError, RuntimeError) as error:
        raise SettingsError(f"GBAQA_DASK={where!r}: no scheduler answers there; start it, or correct the address.") from error
    with client:
        yield client
