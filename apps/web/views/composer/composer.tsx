import './composer.css';
import { type ClipboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { isInputMethodKey } from '../../design/input-method.ts';
import { TextArea } from '../../design/text-area.tsx';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useComposerState } from '../../view-models/composer.ts';
import { toggleCode, toggleInline, toggleQuote } from '../../view-models/composer-formatting.ts';
import { type SendBy, sends, shortcutOf } from '../../view-models/composer-keys.ts';
import { textRoom } from '../../view-models/composer-limits.ts';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import { type ComposerState, readiness } from '../../view-models/composer-state.ts';
import { preferences, usePreferences } from '../../view-models/preferences.ts';
import { toasts } from '../../view-models/toasts.ts';
import { AlbumTray } from './album-tray.tsx';
import { AttachButton } from './attach-button.tsx';
import { ComposerDialogs, type OpenDialog } from './composer-dialogs.tsx';
import { ComposerMode } from './composer-mode.tsx';
import { ComposerTools, type Format } from './composer-tools.tsx';
import { KeptWhere } from './kept-where.tsx';
import { RoomLeft } from './room-left.tsx';
import { SendButton } from './send-button.tsx';
import { useTextArea, type WritingPlace } from './use-text-area.ts';

const ComposerPreview = lazy(async () => ({
  default: (await import('./composer-preview.tsx')).ComposerPreview,
}));

interface ComposerProps {
  readonly model: ComposerModel;
  readonly channelTitle: string;
  /** The arrow up in an empty composer. */
  readonly onEditLast: () => void;
  readonly onShowScheduled: () => void;
}

/** Where posts are written, as long as one may. */
export function Composer(props: ComposerProps) {
  const { model, onEditLast } = props;
  const texts = useTexts().composer;
  const state = useComposerState(model);
  const writing = useTextArea(model, state);
  const { sendBy } = usePreferences();
  const [previewing, setPreviewing] = useState(false);
  const [begun, setBegun] = useState(false);
  const [dialog, setDialog] = useState<OpenDialog>();
  const post = usePosting(model, state);
  const format = (what: Format) => applyFormat(what, writing, setDialog);
  const send = () => {
    if (post()) setPreviewing(false);
  };
  return (
    <section
      className="composer"
      aria-label={texts.label}
      data-begun={begun || !isEmpty(state) || undefined}
      onFocus={() => setBegun(true)}
    >
      <ComposerMode model={model} state={state} channelTitle={props.channelTitle} />
      {state.edits === undefined ? <AlbumTray model={model} uploads={state.uploads} /> : null}
      {previewing ? (
        <Suspense>
          <ComposerPreview text={state.text} />
        </Suspense>
      ) : null}
      <div className="composer-line">
        {state.edits === undefined ? <AttachButton model={model} /> : null}
        <WritingArea
          model={model}
          state={state}
          writing={writing}
          sendBy={sendBy}
          onSend={send}
          onFormat={format}
          onEditLast={onEditLast}
        />
        <SendButton
          editing={state.edits !== undefined}
          answering={state.replyTo !== undefined}
          onSend={send}
          onSendSilently={() => {
            model.setSilent(true);
            send();
          }}
          onSchedule={() => setDialog('schedule')}
        />
      </div>
      <ComposerTools
        onFormat={format}
        previewing={previewing}
        onPreview={setPreviewing}
        silent={state.silent}
        onSilent={(silent) => model.setSilent(silent)}
        sendBy={sendBy}
        onSendBy={(next) => preferences.change({ sendBy: next })}
        onOpen={setDialog}
        onShowScheduled={props.onShowScheduled}
        editing={state.edits !== undefined}
        answering={state.replyTo !== undefined}
      >
        <RoomLeft text={state.text} />
      </ComposerTools>
      <KeptWhere kept={state.kept} />
      <ComposerDialogs
        open={dialog}
        model={model}
        writing={writing}
        onClose={() => setDialog(undefined)}
      />
    </section>
  );
}

function isEmpty({ text, uploads, edits }: ComposerState): boolean {
  return text === '' && uploads.length === 0 && edits === undefined;
}

function applyFormat(
  what: Format,
  writing: WritingPlace,
  openDialog: (dialog: OpenDialog) => void,
): void {
  if (what === 'link') return openDialog('link');
  if (what === 'emoji') return openDialog('emoji');
  writing.change((edited) => {
    if (what === 'quote') return toggleQuote(edited);
    return what === 'code' ? toggleCode(edited) : toggleInline(edited, what);
  });
}

/** Posts now; false, and said why, where that cannot be. */
function usePosting(model: ComposerModel, state: ComposerState): () => boolean {
  const texts = useTexts().composer;
  const formats = useFormats();
  return () => {
    const room = textRoom(state.text);
    const ready = readiness(state, room.state === 'over');
    if (ready === 'too-long' && room.state === 'over') {
      toasts.show({ text: formats.plural(room.bytes, texts.tooLong) });
    }
    if (ready === 'upload-failed') toasts.show({ text: texts.uploadFailedFirst });
    if (ready !== 'ready') return false;
    model.post().catch(() => undefined);
    return true;
  };
}

interface WritingAreaProps {
  readonly model: ComposerModel;
  readonly state: ComposerState;
  readonly writing: WritingPlace;
  readonly sendBy: SendBy;
  readonly onSend: () => void;
  readonly onFormat: (format: Format) => void;
  readonly onEditLast: () => void;
}

function WritingArea(props: WritingAreaProps) {
  const { model, state, writing } = props;
  const texts = useTexts().composer;
  const touch = useRef(matchMedia('(pointer: coarse)'));
  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    const ctrl = event.ctrlKey || event.metaKey;
    const { key, code, shiftKey: shift, altKey: alt } = event;
    const composing = isInputMethodKey(event.nativeEvent);
    const shortcut = shortcutOf({ code, ctrl, shift, alt });
    const act = whatToDo(props, {
      sends: sends({ key, ctrl, shift, composing }, props.sendBy, touch.current.matches),
      shortcut,
      key,
    });
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <TextArea
      className="composer-text"
      onFocus={() => model.cursor(true)}
      onBlur={() => model.cursor(false)}
      label={texts.label}
      hideLabel
      ref={writing.attach}
      rows={1}
      maxRows={14}
      dir="auto"
      placeholder={state.uploads.length > 0 ? texts.caption : texts.placeholder}
      value={state.text}
      onChange={(text) => model.write(text)}
      onKeyDown={onKeyDown}
      onPaste={(event) => paste(event, model, writing)}
    />
  );
}

function whatToDo(
  props: WritingAreaProps,
  pressed: {
    readonly sends: boolean;
    readonly shortcut: ReturnType<typeof shortcutOf>;
    readonly key: string;
  },
): (() => void) | undefined {
  const { state, model, onSend, onFormat, onEditLast } = props;
  const { shortcut } = pressed;
  if (pressed.sends) return onSend;
  if (shortcut) return () => onFormat(shortcut);
  const inMode = state.edits !== undefined || state.replyTo !== undefined;
  if (pressed.key === 'Escape' && inMode) return () => model.leaveMode();
  if (pressed.key === 'ArrowUp' && isEmpty(state)) return onEditLast;
  return undefined;
}

/** Files become attachments; an address over a selection makes it a link. */
function paste(event: ClipboardEvent, model: ComposerModel, writing: WritingPlace): void {
  const files = [...event.clipboardData.files];
  if (files.length > 0) {
    event.preventDefault();
    model.add(files, 'media').catch(() => undefined);
    return;
  }
  if (writing.pasteAddress(event.clipboardData.getData('text/plain'))) event.preventDefault();
}
