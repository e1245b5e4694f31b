"""modelwatch: when the AI models your software calls will be shut off, on whose word, and what changed.

The map of the house, top to bottom; each floor may use the ones below it, never the ones above (import-linter proves it):

    cli         one file per noun; the command line
    daemon      APScheduler as a timer, signals, signs of life
    web         health, readiness and metrics over HTTP
    bootstrap   settings → App: the only place that builds things and reads the clock
    config      TOML + environment → frozen settings      | formats   views → table, JSON
    jobs        poll, remind, deliver, replay
    queries     the read side: frozen views, as-of, history, source health
    alerts      messages, channels (Apprise)  | fetch  httpx  | store  SQLAlchemy: schema, ledger, outbox
    sources     pure; one file per source: a declaration and a small parse(page)
    parsing     pure; text → values: dates, documents, feeds, tables by column role, prose, identifiers
    domain      pure; identity, dates, claims, lifecycle, events, reconcile, policy
    errors      the whole exception tree

What flows: a source's pages are fetched; the source reads statements from them; `domain.reconcile.decide` compares them with the
claims in force and names the events; `domain.policy` turns events into alerts; the ledger records all of it in one transaction; a
separate loop delivers.
"""

__version__ = "0.1.0"
