"""Files become an index: first, again, changed, renamed, vanished, and interrupted half-way."""

from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import EncoderMismatchError, StoreMissingError
from rag.index.ingest import Progress, index, remove
from rag.index.sentence_vectors import sentence_texts
from rag.index.vectorise import searchable
from tests.fakes import FakeEncoder
from tests.index_samples import generation_names
from tests.workshop import MOULIN, PHARE, QUAI, SHORT, Workshop, page


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Return a workshop with two texts that are not indexed yet."""
    made = Workshop(tmp_path)
    made.write(phare=page("Le phare", PHARE), moulin=page("Le moulin", MOULIN))
    return made


def test_first_indexing_adds_every_file_and_encodes_each_text_once(workshop: Workshop) -> None:
    report = workshop.run()
    assert report.added == ("notes/moulin.md", "notes/phare.md")
    assert (report.changed, report.unchanged, report.removed, report.problems) == ((), (), (), ())
    assert (report.documents, report.passages) == (2, 4)
    with workshop.open() as opened:
        passages = [p for one in opened.documents() for p in opened.passages(one.id)]
    whole = {searchable(passage) for passage in passages}
    parts = {text for passage in passages for text in sentence_texts(passage)}
    assert workshop.encoder.encoded == sorted(whole | parts)


def test_passages_are_the_documents_own_characters(workshop: Workshop) -> None:
    workshop.run()
    with workshop.open() as opened:
        document, passages = opened.document("notes/phare.md"), opened.passages("notes/phare.md")
    assert document.title == "Le phare"
    assert [passage.text.split("\n")[-1] for passage in passages] == [
        "Le phare de l’île tourne toute la nuit.",
        "Son gardien dort le jour.",
    ]
    assert [document.text[p.start : p.end] for p in passages] == [p.text for p in passages]


def test_a_second_run_writes_and_encodes_nothing(workshop: Workshop) -> None:
    workshop.run()
    generations = generation_names(workshop.index)
    report = workshop.run()
    assert report.unchanged == ("notes/moulin.md", "notes/phare.md")
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert workshop.encoder.encoded == []
    assert generation_names(workshop.index) == generations


def test_a_changed_file_encodes_its_changed_texts_alone(workshop: Workshop) -> None:
    workshop.run()
    workshop.write(phare=page("Le phare", PHARE.replace("dort le jour", "veille le soir")))
    report = workshop.run()
    assert (report.changed, report.unchanged) == (("notes/phare.md",), ("notes/moulin.md",))
    assert workshop.encoder.encoded == [
        "Le phare — Le phare\nSon gardien veille le soir.",
        "Son gardien veille le soir.",
    ]
    assert workshop.texts()["notes/phare.md"][-1] == "Son gardien veille le soir."


def test_a_renamed_file_keeps_its_vectors(workshop: Workshop) -> None:
    workshop.run()
    with workshop.open() as opened:
        before = opened.indexed("notes/phare.md")
    (workshop.notes / "phare.md").rename(workshop.notes / "tour.md")
    report = workshop.run(prune=True)
    assert (report.added, report.removed) == (("notes/tour.md",), ("notes/phare.md",))
    assert workshop.encoder.encoded == []
    with workshop.open() as opened:
        after = opened.indexed("notes/tour.md")
    assert after.vectors.tolist() == before.vectors.tolist()
    assert after.sentences.tolist() == before.sentences.tolist()


def test_every_sentence_has_its_own_vector(workshop: Workshop) -> None:
    """Those encoded now and those kept from an earlier run alike."""
    workshop.run()
    workshop.write(quai=page("Le quai", QUAI))
    workshop.run()
    with workshop.open() as opened:
        for passage in (p for one in opened.documents() for p in opened.passages(one.id)):
            expected = FakeEncoder().encode_passages(sentence_texts(passage))
            assert opened.sentence_vectors(passage) == pytest.approx(expected, abs=5e-4)


def test_every_passage_is_found_by_its_own_vector(workshop: Workshop) -> None:
    workshop.run()
    workshop.write(quai=page("Le quai", QUAI))
    workshop.run()
    with workshop.open() as opened:
        for passage in (p for one in opened.documents() for p in opened.passages(one.id)):
            query = workshop.encoder.encode_queries([searchable(passage)])[0]
            assert opened.dense.search(query, 1)[0].tolist() == [int(passage.id, 16)]


def test_other_chunk_settings_cut_everything_anew(workshop: Workshop) -> None:
    workshop.run()
    (workshop.notes / "moulin.md").unlink()
    report = workshop.run(settings=Settings())
    assert report.changed == ("notes/moulin.md", "notes/phare.md")
    whole = {
        "notes/moulin.md": [f"Le moulin\n\n{MOULIN}"],
        "notes/phare.md": [f"Le phare\n\n{PHARE}"],
    }
    assert workshop.texts() == whole


def test_another_encoder_is_refused_and_changes_nothing(workshop: Workshop) -> None:
    workshop.run()
    before = workshop.texts()
    workshop.write(quai=page("Le quai", QUAI))
    other = FakeEncoder(name="autre", fingerprint="a" * 64)
    with pytest.raises(EncoderMismatchError, match="autre"):
        index([workshop.notes], workshop.index, other, SHORT, lambda *_: None)
    assert (workshop.texts(), other.encoded) == (before, [])


def interrupt_at(stage: str) -> Progress:
    """Return a progress callback that plays Ctrl-C at a stage."""

    def progress(name: str, _done: int, _total: int) -> None:
        if name == stage:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("stage", ["read", "encode"])
def test_an_interrupt_leaves_the_last_index_as_it_was(workshop: Workshop, stage: str) -> None:
    workshop.run()
    before, generations = workshop.texts(), generation_names(workshop.index)
    workshop.write(quai=page("Le quai", QUAI))
    with pytest.raises(KeyboardInterrupt):
        workshop.run(progress=interrupt_at(stage))
    assert (workshop.texts(), generation_names(workshop.index)) == (before, generations)
    assert workshop.run().added == ("notes/quai.md",)


def test_an_interrupted_first_run_leaves_no_index(workshop: Workshop) -> None:
    with pytest.raises(KeyboardInterrupt):
        workshop.run(progress=interrupt_at("encode"))
    with pytest.raises(StoreMissingError):
        workshop.open()


def test_progress_counts_files_then_texts(workshop: Workshop) -> None:
    told: list[tuple[str, int, int]] = []
    workshop.run(progress=lambda *step: told.append(step))
    texts = len(workshop.encoder.encoded)
    assert told == [("read", 0, 2), ("read", 1, 2), ("read", 2, 2), ("encode", texts, texts)]
    assert texts == 10, "4 passages, their 4 sentences and 2 titles"


def test_remove_takes_out_all_of_the_documents_named_or_none(workshop: Workshop) -> None:
    workshop.run()
    with pytest.raises(KeyError, match=r"notes/absent\.md"):
        remove(["notes/phare.md", "notes/absent.md"], workshop.index)
    assert list(workshop.texts()) == ["notes/moulin.md", "notes/phare.md"]
    remove(["notes/phare.md", "notes/phare.md"], workshop.index)
    assert list(workshop.texts()) == ["notes/moulin.md"]
    assert workshop.run().added == ("notes/phare.md",)


def test_removing_from_no_index_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        remove(["notes/phare.md"], tmp_path / "rien")
    assert not (tmp_path / "rien").exists()


def test_equal_corpora_at_different_paths_have_equal_fingerprints(tmp_path: Path) -> None:
    manifests = []
    for place, names in (("ici", ("phare", "moulin")), ("ailleurs", ("moulin", "phare"))):
        made = Workshop(tmp_path / place)
        for name in names:
            made.write(**{name: page(name, PHARE if name == "phare" else MOULIN)})
            made.run()
        with made.open() as opened:
            manifests.append(opened.manifest)
    assert manifests[0].corpus == manifests[1].corpus
    assert manifests[0].index == manifests[1].index
