"""Measures → Prometheus' text (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.domain.health import Health
from monitor.queries.measures import Measures

__all__ = ["CONTENT_TYPE_LATEST", "exposition"]
STATES = (Health.GOOD, Health.STALE, Health.DRIFTING, Health.FAILING, Health.NEVER_READ, Health.BUNDLED)


def exposition(measures: Measures, tick_age: float, now: datetime) -> bytes:
    """The text of one scrape."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once((*_own(tick_age), *_sources(measures, now), *_told(measures))))
    return generate_latest(registry)


class _Once(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _own(tick_age: float) -> Iterator[Metric]:
    build = GaugeMetricFamily("modelwatch_build_info", "The version that runs.", labels=["version"])
    build.add_metric([__version__], 1)
    yield build
    yield GaugeMetricFamily("modelwatch_tick_age_seconds", "Since the scheduler last ticked.", value=tick_age)


def _sources(measures: Measures, now: datetime) -> Iterator[Metric]:
    age = GaugeMetricFamily("modelwatch_source_last_good_age_seconds", "Since a source was last read in full.", labels=["source"])
    cadence = GaugeMetricFamily("modelwatch_source_cadence_seconds", "How often a source is visited.", labels=["source"])
    state = GaugeMetricFamily("modelwatch_source_state", "1 for the state that a source is in.", labels=["source", "state"])
    claims = GaugeMetricFamily("modelwatch_source_claims", "What the last good reading of a source said.", labels=["source"])
    skipped = GaugeMetricFamily("modelwatch_source_skipped", "Rows of a source that cannot be read.", labels=["source"])
    for view in measures.sources:
        if view.last_good_at:
            age.add_metric([view.key], (now - view.last_good_at).total_seconds())
        if view.cadence:
            cadence.add_metric([view.key], view.cadence.total_seconds())
        for one in STATES:
            state.add_metric([view.key, one.value], view.health is one)
        claims.add_metric([view.key], view.claims)
        skipped.add_metric([view.key], view.skipped)
    yield from (age, cadence, state, claims, skipped)


def _told(measures: Measures) -> Iterator[Metric]:
    yield CounterMetricFamily("modelwatch_events", "Events ever written.", value=measures.counts.events)
    alerts = GaugeMetricFamily(
        "modelwatch_alerts", "Alerts by channel and state; those waiting or leased are the outbox.", labels=["channel", "state"]
    )
    for labels, count in sorted(measures.counts.alerts.items()):
        alerts.add_metric(labels, count)
    deliveries = CounterMetricFamily("modelwatch_deliveries", "Attempts to deliver, by outcome.", labels=["channel", "outcome"])
    for labels, count in sorted(measures.counts.deliveries.items()):
        deliveries.add_metric(labels, count)
    days = GaugeMetricFamily("modelwatch_next_retirement_days", "Days to the next end that a watch waits for.", labels=["watch"])
    for watch, left in sorted(measures.days_left.items()):
        days.add_metric([watch], left)
    yield from (alerts, deliveries, days)
