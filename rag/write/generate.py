"""The generator on transformers: greedy, streamed, stopped at once, one prompt at a time."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import torch
from accelerate import init_empty_weights  # type: ignore[import-untyped]  # it ships no types
from huggingface_hub.errors import StrictDataclassError
from jinja2 import TemplateError
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedTokenizerFast,
    TextIteratorStreamer,
)

from rag import messages as say
from rag.errors import ModelError
from rag.hardware import best_device, best_dtype, uses_int8
from rag.types import GenerationLimits, Pieces, Waiting
from rag.write import kept
from rag.write.gate import MAX_WAITING, Gate
from rag.write.int8 import quantise, restore, settle
from rag.write.tokens import ChatTokenizer

_logger = logging.getLogger(__name__)

PROMPT_LOOKUP_TOKENS = 8
"""Tokens guessed from the prompt at each step: on 40 French questions 8.4 s a question
instead of 14.4 s, with the same answers."""

LOADING_ERRORS = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ImportError,
    RuntimeError,
    SafetensorError,
    StrictDataclassError,
)
"""What transformers raises over a folder that is no model, or a damaged one."""


class _StoppedError(Exception):
    """Leaves a forward pass when nobody waits for its result any more."""


class TransformersGenerator:
    """A causal language model in a local transformers folder."""

    def __init__(
        self,
        folder: Path,
        name: str,
        fingerprint: str,
        cache: Path,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        """Load the model in the format that this machine is fast in.

        That is 8-bit integers where the processor multiplies them natively, else bfloat16
        where it has that, else float32.

        Args:
            folder: holds the model.
            name: what a user calls it by.
            fingerprint: the sha256 of its weights.
            cache: where its 8-bit form is kept for the next time.
            max_waiting: how many prompts may wait while one is continued.

        Raises:
            ModelError: the folder holds no chat model that transformers can load.
        """
        self.name = name
        self.fingerprint = fingerprint
        self._gate = Gate(max_waiting)
        self._model, self._text = _load(folder, kept.place(cache, fingerprint))
        self._layers = _layers(self._model, folder)
        self.tokenizer = ChatTokenizer(self._template, self._text.backend_tokenizer)
        end = self._model.generation_config.eos_token_id
        ends = end if isinstance(end, list) else [end]
        self._ends = sorted({*ends, self._text.pad_token_id} - {None})
        if not self._ends:
            raise ModelError(say.NO_CHAT_TEMPLATE.format(folder=folder))

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        """Yield how many prompts come first, then the greedy continuation piece by piece.

        Closing the iterator, `cancelled` becoming true or the deadline stop the model within
        one layer of one token, during the reading of the prompt too.

        Raises:
            BusyError: too many questions are waiting already.
            ModelError: the model failed, for want of memory above all.
        """
        with self._gate.ticket() as ticket, ExitStack() as stack:
            yield from (Waiting(before) for before in ticket.wait(cancelled))
            if ticket.before():
                return
            closed = threading.Event()
            end = time.monotonic() + limits.deadline
            for layer in self._layers:
                handle = layer.register_forward_pre_hook(_checkpoint(closed, cancelled, end))
                stack.callback(handle.remove)
            streamer: Any = TextIteratorStreamer(
                self._text, skip_prompt=True, skip_special_tokens=True
            )
            worker = stack.enter_context(ThreadPoolExecutor(max_workers=1))
            stack.callback(closed.set)
            future = worker.submit(self._continue, prompt, limits.max_new_tokens, streamer)
            yield from (piece for piece in streamer if piece)
            try:
                future.result()
            except _StoppedError:
                return
            except RuntimeError as error:
                raise ModelError(say.GENERATION_FAILED.format(error=error)) from error

    def _continue(self, prompt: Sequence[int], max_new_tokens: int, streamer: Any) -> None:
        """Run the model to the end of its answer; whatever happens, end the stream."""
        try:
            ids = torch.tensor([list(prompt)], device=self._model.device)
            with torch.inference_mode():
                self._model.generate(
                    ids,
                    attention_mask=torch.ones_like(ids),
                    max_new_tokens=max_new_tokens,
                    do_sample=False,
                    prompt_lookup_num_tokens=PROMPT_LOOKUP_TOKENS,
                    eos_token_id=self._ends,
                    pad_token_id=self._ends[0],
                    streamer=streamer,
                )
        finally:
            # Not `end`, which decodes once more and could fail again: whoever reads must go on.
            streamer.on_finalized_text("", stream_end=True)

    def _template(self, chat: Sequence[Mapping[str, str]]) -> str:
        """Render the model's chat template; a model without a system role gets it as user."""
        try:
            return self._render(chat)
        except TemplateError:
            system, first, *rest = chat
            merged = {"role": "user", "content": f"{system['content']}\n\n{first['content']}"}
            return self._render([merged, *rest])

    def _render(self, chat: Sequence[Mapping[str, str]]) -> str:
        """Return the template's text with the opening of the model's own turn."""
        rendered = self._text.apply_chat_template(
            [dict(message) for message in chat], tokenize=False, add_generation_prompt=True
        )
        return str(rendered)


def _load(folder: Path, short: Path) -> tuple[Any, PreTrainedTokenizerFast]:
    """Load weights and tokenizer from disk alone; move them to the GPU if there is one.

    `short` is where the 8-bit weights are kept. The model is Any: most of what transformers
    gives it is without types.
    """
    device = best_device()
    try:
        text = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        if uses_int8(device):
            model = load_int8(folder, short)
            settle(model)
        else:
            model = _load_whole(folder, best_dtype(device))
    except LOADING_ERRORS as error:
        raise ModelError(say.GENERATOR_UNUSABLE.format(folder=folder, error=error)) from error
    if not isinstance(text, PreTrainedTokenizerFast) or not text.chat_template:
        raise ModelError(say.NO_CHAT_TEMPLATE.format(folder=folder))
    return model.eval().to(device), text


def _load_whole(folder: Path, dtype: torch.dtype | str) -> Any:
    """Load a model in one format, or `auto`, that of its files."""
    return AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, local_files_only=True, use_safetensors=True
    )


def load_int8(folder: Path, short: Path) -> Any:
    """Load a model with 8-bit layers as it was kept, else convert it and keep it so."""
    tensors = kept.read(short)
    if tensors is not None:
        model = _skeleton(folder)
        try:
            restore(model, tensors)
        except (KeyError, RuntimeError):
            _logger.warning("the 8-bit weights at %s are not those of %s", short, folder)
        else:
            return model
    model = _load_whole(folder, "auto")
    quantise(model)
    kept.keep(short, dict(model.state_dict()))
    return model


def _skeleton(folder: Path) -> Any:
    """Return the model of a folder without any weight; what is computed from its shape is there."""
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    with init_empty_weights(include_buffers=False):
        # transformers leaves from_config without types
        model: Any = AutoModelForCausalLM.from_config(config)  # type: ignore[no-untyped-call]
    model.generation_config = GenerationConfig.from_pretrained(folder, local_files_only=True)
    return model


def _layers(model: Any, folder: Path) -> list[torch.nn.Module]:
    """Return the layers of a decoder, between which its work can be stopped."""
    try:
        return list(model.get_decoder().layers)
    except AttributeError as error:
        raise ModelError(say.GENERATOR_UNUSABLE.format(folder=folder, error=error)) from error


def _checkpoint(
    closed: threading.Event, cancelled: Callable[[], bool], end: float
) -> Callable[..., None]:
    """Return a hook that leaves the forward pass once there is no more use for it."""

    def hook(*_: object) -> None:
        if closed.is_set() or cancelled() or time.monotonic() > end:
            raise _StoppedError

    return hook
