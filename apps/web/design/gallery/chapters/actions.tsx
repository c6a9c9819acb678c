import { useState } from 'react';
import { Button, ButtonLink, IconButton } from '../../button.tsx';
import { Chip, RemovableChip } from '../../chip.tsx';
import { ConfirmDialog } from '../../confirm-dialog.tsx';
import { ContextMenu } from '../../context-menu.tsx';
import { Dialog } from '../../dialog.tsx';
import {
  BellOffIcon,
  ComposeIcon,
  CopyIcon,
  EditIcon,
  PinIcon,
  TrashIcon,
} from '../../icons/conversation.tsx';
import { PlusIcon, SearchIcon } from '../../icons/navigation.tsx';
import { Kbd } from '../../kbd.tsx';
import { ListRowButton } from '../../list-row.tsx';
import { MenuButton } from '../../menu-button.tsx';
import type { MenuEntry } from '../../menu-entry.ts';
import { Tabs } from '../../tabs.tsx';
import type { ToastQueue } from '../../toast-queue.ts';
import { Chapter, Specimen } from '../specimen.tsx';

interface ActionsProps {
  readonly toasts: ToastQueue;
}

export function Actions({ toasts }: ActionsProps) {
  return (
    <Chapter title="Actions">
      <Buttons />
      <Menus toasts={toasts} />
      <Dialogs toasts={toasts} />
      <Chips />
      <TabsSpecimen />
      <Specimen title="Kbd">
        <span>
          <Kbd>Ctrl</Kbd> <Kbd>K</Kbd> searches, <Kbd>Esc</Kbd> leaves
        </span>
      </Specimen>
    </Chapter>
  );
}

function Buttons() {
  return (
    <>
      <Specimen title="Button: kinds">
        <Button kind="primary">Create account</Button>
        <Button>Not now</Button>
        <Button kind="plain">Learn more</Button>
        <Button kind="danger">Delete channel</Button>
        <ButtonLink href="#" kind="quiet">
          A link
        </ButtonLink>
      </Specimen>
      <Specimen title="Button: sizes and icons">
        <Button kind="primary" size="l" icon={<ComposeIcon />}>
          New channel
        </Button>
        <Button kind="primary" icon={<PlusIcon />}>
          Follow
        </Button>
        <Button size="s">Copy link</Button>
      </Specimen>
      <Specimen title="Button: disabled and busy">
        <Button kind="primary" disabled>
          Publish
        </Button>
        <Button disabled>Publish</Button>
        <Button kind="primary" busy>
          Publish
        </Button>
        <Button busy>Publish</Button>
        <Button kind="danger" busy>
          Delete
        </Button>
      </Specimen>
      <Specimen title="IconButton">
        <IconButton label="Search">
          <SearchIcon />
        </IconButton>
        <IconButton label="Pinned" pressed>
          <PinIcon />
        </IconButton>
        <IconButton label="New post" tone="primary">
          <ComposeIcon />
        </IconButton>
        <IconButton label="Delete" tone="danger">
          <TrashIcon />
        </IconButton>
        <IconButton label="Copying" busy>
          <CopyIcon />
        </IconButton>
        <IconButton label="Mute" disabled>
          <BellOffIcon />
        </IconButton>
        <IconButton label="Edit, small" size="s">
          <EditIcon size="s" />
        </IconButton>
      </Specimen>
    </>
  );
}

function Menus({ toasts }: ActionsProps) {
  const [muted, setMuted] = useState(true);
  const tell = (text: string) => () => {
    toasts.show({ text });
  };
  const entries: readonly MenuEntry[] = [
    { id: 'edit', label: 'Edit', icon: <EditIcon />, shortcut: 'E', onAction: tell('Edit') },
    { id: 'copy', label: 'Copy link', icon: <CopyIcon />, onAction: tell('Copied') },
    { id: 'pin', label: 'Pin', icon: <PinIcon />, disabled: true, onAction: tell('Pinned') },
    {
      id: 'muted',
      label: 'Muted',
      icon: <BellOffIcon />,
      checked: muted,
      onAction: () => setMuted(!muted),
    },
    { id: 'line', separator: true },
    { id: 'delete', label: 'Delete', icon: <TrashIcon />, danger: true, onAction: tell('Deleted') },
  ];
  return (
    <Specimen title="MenuButton, ContextMenu" stack>
      <div>
        <MenuButton label="More" entries={entries} />
      </div>
      <ContextMenu label="This row" entries={() => entries}>
        <ListRowButton title="Right button or long touch" density="compact" />
      </ContextMenu>
    </Specimen>
  );
}

type Shown = 'none' | 'dialog' | 'confirm' | 'typed';

function Dialogs({ toasts }: ActionsProps) {
  const [shown, setShown] = useState<Shown>('none');
  const close = () => setShown('none');
  const deleted = () => {
    close();
    toasts.show({
      text: 'The post is deleted.',
      action: { label: 'Undo', run: () => toasts.show({ text: 'It is back.' }) },
    });
  };
  return (
    <Specimen title="Dialog, ConfirmDialog">
      <Button onClick={() => setShown('dialog')}>Dialog</Button>
      <Button onClick={() => setShown('confirm')}>Confirm</Button>
      <Button onClick={() => setShown('typed')}>Confirm by name</Button>
      <Dialog
        open={shown === 'dialog'}
        onClose={close}
        title="Forward to"
        closeLabel="Close"
        footer={
          <>
            <Button onClick={close}>Not now</Button>
            <Button kind="primary" onClick={close}>
              Forward
            </Button>
          </>
        }
      >
        <p>A modal: the focus stays inside, Escape leaves, and it goes back to where it was.</p>
        <Button onClick={() => toasts.show({ text: 'The link is copied.' })}>Copy the link</Button>
        <MenuButton label="In a dialog" entries={[{ id: 'a', label: 'One', onAction: close }]} />
      </Dialog>
      <ConfirmDialog
        open={shown === 'confirm'}
        title="Delete this post?"
        confirmLabel="Delete"
        cancelLabel="Keep it"
        onConfirm={deleted}
        onCancel={close}
      >
        <p>Readers no longer see it. You can undo this for a few seconds.</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={shown === 'typed'}
        title="Delete Observatory?"
        confirmLabel="Delete for ever"
        cancelLabel="Keep it"
        typed={{ text: 'Observatory', label: 'Write “Observatory” to go on' }}
        onConfirm={deleted}
        onCancel={close}
      >
        <p>All 1,240 posts are erased. Nobody can bring them back.</p>
      </ConfirmDialog>
    </Specimen>
  );
}

function Chips() {
  const [mine, setMine] = useState(true);
  const [kept, setKept] = useState(true);
  return (
    <Specimen title="Chip, RemovableChip">
      <Chip pressed={mine} size="s" onClick={() => setMine(!mine)}>
        👍 12
      </Chip>
      <Chip pressed={false} size="s">
        🌞 3
      </Chip>
      <Chip>Photographs</Chip>
      <Chip disabled>Videos</Chip>
      {kept ? (
        <RemovableChip removeLabel="Remove Amal" onRemove={() => setKept(false)}>
          Amal
        </RemovableChip>
      ) : null}
    </Specimen>
  );
}

function TabsSpecimen() {
  const [tab, setTab] = useState<'posts' | 'media' | 'files'>('posts');
  return (
    <Specimen title="Tabs" stack>
      <Tabs
        label="What the channel holds"
        tabs={[
          { key: 'posts', label: 'Posts' },
          { key: 'media', label: 'Media' },
          { key: 'files', label: 'Files' },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        <p className="specimen-body">The panel of {tab}.</p>
      </Tabs>
    </Specimen>
  );
}
