"""The figures that are followed: their names, what they say, and where each stands in a scorer's output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Metric:
    """A followed figure. ``path`` leads to it in the JSON of its scorer; empty for what is measured here."""

    name: str
    benchmark: str
    label: str
    unit: str = "%"
    path: str = ""
    more_is_better: bool = True


_ALL = (
    Metric("claims_relaxed_f1", "record", "claims, relaxed F1", path="claims.relaxed.f1"),
    Metric("claims_strict_f1", "record", "claims, strict F1", path="claims.strict.f1"),
    Metric("claims_lowest_f1", "record", "claims, relaxed F1 of the lowest document", path="lowest.claims"),
    Metric("claims_stance", "record", "claims, stance right", path="claims.stance.accuracy"),
    Metric("claims_speaker", "record", "claims, speaker right", path="claims.speaker.accuracy"),
    Metric("claims_chain", "record", "claims, chain right", path="claims.chain.accuracy"),
    Metric("events_core_f1", "record", "core events, F1", path="events.core.f1"),
    Metric("events_all_f1", "record", "all events, F1", path="events.all.f1"),
    Metric("events_date", "record", "events, date right", path="events.date.accuracy"),
    Metric("events_place", "record", "events, place right", path="events.place.accuracy"),
    Metric("events_status", "record", "events, status right", path="events.status.accuracy"),
    Metric("events_outcome", "record", "events, outcome right", path="events.outcome.accuracy"),
    Metric("events_modality", "record", "events, modality right", path="events.modality.accuracy"),
    Metric("ordinals_f1", "record", "ordinals, F1", path="events.ordinals.f1"),
    Metric("transfers_f1", "record", "transfers, F1", path="transfers.match.f1"),
    Metric("transfers_status", "record", "transfers, status right", path="transfers.status.accuracy"),
    Metric("polnear_relaxed_f1", "attribution", "PolNeAR attributions, relaxed F1", path="relaxed.f1"),
    Metric("polnear_strict_f1", "attribution", "PolNeAR attributions, strict F1", path="strict.f1"),
    Metric("polnear_cue_f1", "attribution", "PolNeAR attributions, cue found, F1", path="cue_match.f1"),
    Metric("rules_claims_relaxed_f1", "rules", "rules alone: claims, relaxed F1"),
    Metric("rules_claims_lowest_f1", "rules", "rules alone: claims, relaxed F1 of the lowest document"),
    Metric("rules_polnear_relaxed_f1", "rules", "rules alone: PolNeAR attributions, relaxed F1"),
    Metric("rules_polnear_strict_f1", "rules", "rules alone: PolNeAR attributions, strict F1"),
    Metric("model_least_gain", "rules", "claims, relaxed F1 over the rules alone's, least of the documents", "points"),
    Metric(
        "calibration_error",
        "reliability",
        "the model's confidence: expected calibration error",
        "",
        more_is_better=False,
    ),
    Metric("times_value_f1", "times", "TBAQ time expressions, value F1", path="value.f1"),
    Metric("times_timebank_f1", "times", "the same, TimeBank (tuned on)", path="parts.timebank.value.f1"),
    Metric("times_aquaint_f1", "times", "the same, AQUAINT (not looked at)", path="parts.aquaint.value.f1"),
    Metric("times_relaxed_f1", "times", "TBAQ time expressions, relaxed F1", path="relaxed.f1"),
    Metric("times_calendar", "times", "TBAQ calendar dates, interval right", path="calendar.all.accuracy"),
    Metric("times_calendar_timebank", "times", "the same, TimeBank", path="parts.timebank.calendar.all.accuracy"),
    Metric("times_calendar_aquaint", "times", "the same, AQUAINT", path="parts.aquaint.calendar.all.accuracy"),
    Metric(
        "times_calendar_sound",
        "times",
        "the same, TimeBank without its 22 own slips (disputed_dates.tsv)",
        path="parts.timebank_sound.calendar.all.accuracy",
    ),
    Metric("written_window", "written", "time of writing, no page date: documents given an interval"),
    Metric("written_right", "written", "time of writing: intervals that hold the true day"),
    Metric("written_kept", "written", "true page dates that are kept"),
    Metric("written_noticed", "written", "page dates a year late that are noticed"),
    Metric("times_heideltime", "heideltime", "HeidelTime on the same files, value F1"),
    Metric("times_heideltime_timebank", "heideltime", "HeidelTime, TimeBank, value F1"),
    Metric("times_heideltime_aquaint", "heideltime", "HeidelTime, AQUAINT, value F1"),
    Metric("times_heideltime_calendar", "heideltime", "HeidelTime, calendar dates, interval right"),
    Metric("times_value_margin", "heideltime", "value F1 over HeidelTime's", "points"),
    Metric("times_aquaint_margin", "heideltime", "the same, AQUAINT (not looked at)", "points"),
    Metric("hard_dates", "hard", "forty hard expressions (docs/hard-dates.md), right", "of 40"),
    Metric("hard_dates_heideltime", "hard", "HeidelTime on them", "of 40"),
    Metric("hard_dates_dateparser", "hard", "dateparser on them", "of 40"),
    Metric("places_tagging_f1", "places", "GeoVirus places, tagging F1", path="tagging.f1"),
    Metric("places_near", "places", "GeoVirus places, within 161 km", path="resolution.accuracy_161km"),
    Metric("reprints_f1", "reprints", "reprint pairs, F1", path="pairs.f1"),
    Metric("reprints_precision", "reprints", "reprint pairs, precision", path="pairs.precision"),
    Metric("reprints_recall", "reprints", "reprint pairs, recall", path="pairs.recall"),
    Metric("drift_precision", "drift", "drift in our own 46 pairs, precision"),
    Metric("drift_recall", "drift", "drift in them, recall"),
    Metric(
        "scale_ms",
        "scale",
        "linking at 100,000 generated documents, the last tenth",
        "ms/document",
        more_is_better=False,
    ),
    Metric(
        "scale_growth",
        "scale",
        "linking's time from 1,000 to 100,000, over n log n's growth",
        "times",
        more_is_better=False,
    ),
    Metric("scale_gb", "scale", "most memory of it, adding included", "GB", more_is_better=False),
    Metric(
        "site_p95_ms",
        "site",
        "the site's slowest page, first view, 20,000 documents and 400,000 claims, 95th percentile",
        "ms",
        more_is_better=False,
    ),
    Metric("site_start_seconds", "site", "crossfix serve to its first page, fresh record", "s", more_is_better=False),
    Metric(
        "overpass_seconds", "overpass", "culminations against skyfield's, largest difference", "s", more_is_better=False
    ),
    Metric(
        "overpass_degrees",
        "overpass",
        "elevations against skyfield's, largest difference",
        "degrees",
        more_is_better=False,
    ),
    Metric(
        "overpass_10000_seconds", "overpass", "10,000 overpass questions, processor time", "s", more_is_better=False
    ),
    Metric("samples_dated", "samples", "our own samples: events found with type and date"),
    Metric(
        "faults", "faults", "errors, missing lines and wrong spans over all texts read", "faults", more_is_better=False
    ),
    Metric("speed_ratio", "speed", "extract's documents a second over the bare parser's, start-up left out", "times"),
    Metric("fast_speed_ratio", "speed", "the same with --fast, the rules alone", "times"),
    Metric("speed_ratio_with_start", "speed", "extract over the bare parser, start-up included", "times"),
    Metric("extract_per_second", "speed", "extract, start-up left out", "documents/s"),
    Metric("fast_per_second", "speed", "extract --fast, start-up left out", "documents/s"),
    Metric("parser_per_second", "speed", "bare parser, start-up left out", "documents/s"),
    Metric(
        "when_where_ratio",
        "when_where",
        "times and places together over the bare parser, processor time",
        "times",
        more_is_better=False,
    ),
    Metric(
        "gazetteer_seconds",
        "when_where",
        "loading the gazetteer and the tables of places, modules and all",
        "s",
        more_is_better=False,
    ),
    Metric("gazetteer_mb", "when_where", "most memory it adds in a fresh process", "MB", more_is_better=False),
    Metric("help_seconds", "help", "crossfix --help", "s", more_is_better=False),
    Metric(
        "start_seconds",
        "start",
        "extract on one short file, start-up and all, best of three",
        "s",
        more_is_better=False,
    ),
    Metric("memory_gb", "memory", "most memory of all processes of extract", "GB", more_is_better=False),
    Metric("long_document_gb", "long", "most memory on a document of 200,000 words", "GB", more_is_better=False),
    Metric(
        "long_document_seconds_per_1000_words",
        "long",
        "time on it, start-up included",
        "s per 1,000 words",
        more_is_better=False,
    ),
    Metric(
        "long_document_slowdown", "long", "time a word on it over that on 50,000 words", "times", more_is_better=False
    ),
)
METRICS: dict[str, Metric] = {m.name: m for m in _ALL}
BENCHMARKS: tuple[str, ...] = tuple(dict.fromkeys(m.benchmark for m in _ALL))


def picked(benchmark: str, scored: Mapping[str, Any]) -> dict[str, float | None]:
    """The followed figures of one benchmark out of its scorer's JSON, None where the scorer gives none. Raises KeyError
    where the JSON lacks a name, so that a changed scorer is noticed."""
    out: dict[str, float | None] = {}
    for metric in _ALL:
        if metric.benchmark == benchmark and metric.path:
            value: Any = scored
            for step in metric.path.split("."):
                value = value[step]
            out[metric.name] = None if value is None else float(value)
    return out
