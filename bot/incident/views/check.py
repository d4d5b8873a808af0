"""Try every template with made-up incidents, so that a broken one is found at the start and not during an incident."""

from dataclasses import replace
from datetime import datetime

from bot.core.templates import Templates
from bot.incident.domain.audiences import Audience
from bot.incident.domain.cadence import EscalationStep, Promise
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import Draft, draft
from bot.incident.domain.postmortem_policy import DraftTemplate
from bot.incident.domain.subscriptions import Follows
from bot.incident.views import role_duties
from bot.incident.views.postmortem import document_values
from bot.incident.views.reminders import ReminderText
from bot.incident.views.samples import LATER, SOON, Sample, samples
from bot.incident.views.subscribers import SubscriberText
from bot.incident.views.updates import UpdateText


def try_templates(templates: Templates, policy: Policy) -> None:
    """Render each template, as it is rendered for an incident."""
    for sample in samples():
        for now in (SOON, LATER):
            _try_reminders(sample, policy, templates, now)
        _try_updates(sample, policy, templates)
        for act in (sample.act, (sample.update,), sample.happened):
            SubscriberText(act, sample.updated, policy, templates, "C1").message(Follows())
        for role in policy.roles.all:
            role_duties.prose(role.key, sample.incident, policy.roles, templates)
        merged = [(3, sample.timeline)] if sample.updated.duplicates else []
        for items in ((), (sample.action_item,)):
            contents = draft(sample.updated, sample.timeline, policy, LATER, merged, action_items=items)
            for template in DraftTemplate:
                _try_draft(replace(contents, template=template), sample, templates)


def _try_draft(contents: Draft, sample: Sample, templates: Templates) -> None:
    """Without the shipped template in its place: a mistake must be told."""
    values = document_values(contents, sample.names)
    templates.document(contents.template.file, **values)


def _try_reminders(sample: Sample, policy: Policy, templates: Templates, now: datetime) -> None:
    for incident in (sample.incident, sample.updated):
        text = ReminderText(incident, policy, templates, now)
        for promise in Promise:
            for step in EscalationStep:
                for first in (True, False):
                    text.prose(promise, step, first=first)


def _try_updates(sample: Sample, policy: Policy, templates: Templates) -> None:
    for update in (sample.update, replace(sample.update, actions="", needs="")):
        for act in (sample.act, (update,)):
            text = UpdateText(update, act, sample.updated, policy, templates, sample.names)
            text.message(Audience.ROOM)
            text.message(Audience.STAKEHOLDERS)
            text.public()
