"""What the connected client can do, read once from the capabilities that it declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True)
class ClientProfile:
    """The client's abilities that make a difference to what it is sent."""

    related_information: bool = False
    code_description: bool = False
    diagnostic_tags: bool = False
    pulls_diagnostics: bool = False
    """It asks for diagnostics, and asks again when it is told that they are others.

    One that asks after its own changes alone (Neovim 0.11) would not hear of a ready index, and is pushed to.
    """
    document_changes: bool = False
    creates_files: bool = False
    change_annotations: bool = False
    resolves_edits: bool = False
    disabled_actions: bool = False
    preferred_actions: bool = False
    shows_documents: bool = False
    compares: bool = False
    """It has a command of its own that shows two definitions side by side."""
    progress: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    registers_documents: bool = False
    hover_markdown: bool = False
    completion_markdown: bool = False
    completion_label_details: bool = False
    refreshes_code_lenses: bool = False
    shows_similar: bool = False
    """It has a command of its own that lists what is like a definition; `experimental.canonry` says so."""
    confirms: bool = False
    """It asks its user before an unsafe edit, with the caution that is sent along."""


COMPARE_COMMAND = "canonry.compare"
"""A command of the client's own: two locations, each with the `name` of what is there, side by side."""


def profile_of(capabilities: types.ClientCapabilities) -> ClientProfile:
    """The profile of a client that declares `capabilities`."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path, False))

    def listed(path: str) -> Sequence[object]:
        found = get_capability(capabilities, path, None)
        return found if isinstance(found, list | tuple) else ()

    actions = "text_document.code_action"
    item = "text_document.completion.completion_item"
    document_changes = has("workspace.workspace_edit.document_changes")
    return ClientProfile(
        related_information=has("text_document.publish_diagnostics.related_information")
        or has("text_document.diagnostic.related_information"),
        code_description=has("text_document.publish_diagnostics.code_description_support")
        or has("text_document.diagnostic.code_description_support"),
        diagnostic_tags=get_capability(capabilities, "text_document.publish_diagnostics.tag_support", None)
        is not None
        or get_capability(capabilities, "text_document.diagnostic.tag_support", None) is not None,
        pulls_diagnostics=get_capability(capabilities, "text_document.diagnostic", None) is not None
        and has("workspace.diagnostics.refresh_support"),
        document_changes=document_changes,
        creates_files=document_changes
        and types.ResourceOperationKind.Create in listed("workspace.workspace_edit.resource_operations"),
        change_annotations=document_changes
        and get_capability(capabilities, "workspace.workspace_edit.change_annotation_support", None)
        is not None,
        resolves_edits=has(f"{actions}.data_support")
        and "edit" in listed(f"{actions}.resolve_support.properties"),
        disabled_actions=has(f"{actions}.disabled_support"),
        preferred_actions=has(f"{actions}.is_preferred_support"),
        shows_documents=has("window.show_document.support"),
        compares=_experimental(capabilities, "compare"),
        progress=has("window.work_done_progress"),
        configuration=has("workspace.configuration"),
        registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
        registers_watchers=has("workspace.did_change_watched_files.dynamic_registration"),
        registers_documents=has("text_document.synchronization.dynamic_registration"),
        hover_markdown=types.MarkupKind.Markdown in listed("text_document.hover.content_format"),
        completion_markdown=types.MarkupKind.Markdown in listed(f"{item}.documentation_format"),
        completion_label_details=has(f"{item}.label_details_support"),
        refreshes_code_lenses=has("workspace.code_lens.refresh_support"),
        shows_similar=_experimental(capabilities, "showsSimilar"),
        confirms=_experimental(capabilities, "confirms"),
    )


def _experimental(capabilities: types.ClientCapabilities, name: str) -> bool:
    """An ability that only this project's own client has."""
    given = capabilities.experimental
    ours = given.get("canonry") if isinstance(given, dict) else getattr(given, "canonry", None)
    return bool(ours.get(name) if isinstance(ours, dict) else getattr(ours, name, False))
