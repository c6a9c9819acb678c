import type { PostView } from '../../bridge/contract/log.ts';
import {
  CopyIcon,
  EditIcon,
  ForwardIcon,
  LinkIcon,
  PinIcon,
  ReplyIcon,
  SelectIcon,
  SmileIcon,
  TrashIcon,
  UnpinIcon,
} from '../../design/icons/conversation.tsx';
import type { MenuEntry } from '../../design/menu-entry.ts';
import type { Texts } from '../../language/language.tsx';
import { actionsFor, type PostAction } from '../../view-models/log-actions.ts';
import type { ChannelScene } from './channel-scene.ts';

/** What a post's menu holds. `spot` is where the emoji picker would open. */
export function postMenuEntries(
  post: PostView,
  scene: ChannelScene,
  { texts, spot }: { readonly texts: Texts['channel']; readonly spot: () => HTMLElement | null },
): readonly MenuEntry[] {
  return actionsFor(post, scene.channel, scene).map((action) => ({
    id: action,
    label: labelOf(action, texts),
    icon: iconOf(action),
    danger: action === 'delete',
    onAction: () => {
      const element = spot();
      if (action !== 'react') scene.acts.run(action, post);
      // The menu gives the focus back when it closes: the picker opens after that.
      else if (element) setTimeout(() => scene.acts.openPicker(post, element), 0);
    },
  }));
}

function labelOf(action: PostAction, texts: Texts['channel']): string {
  const labels: Readonly<Record<PostAction, string>> = {
    reply: texts.reply,
    react: texts.react,
    forward: texts.forward,
    'copy-text': texts.copyText,
    'copy-link': texts.copyLink,
    pin: texts.pin,
    unpin: texts.unpin,
    edit: texts.edit,
    delete: texts.delete,
    select: texts.select,
  };
  return labels[action];
}

function iconOf(action: PostAction) {
  switch (action) {
    case 'reply':
      return <ReplyIcon />;
    case 'react':
      return <SmileIcon />;
    case 'forward':
      return <ForwardIcon />;
    case 'copy-text':
      return <CopyIcon />;
    case 'copy-link':
      return <LinkIcon />;
    case 'pin':
      return <PinIcon />;
    case 'unpin':
      return <UnpinIcon />;
    case 'edit':
      return <EditIcon />;
    case 'delete':
      return <TrashIcon />;
    case 'select':
      return <SelectIcon />;
  }
}
