import type { ChannelFacts, PostView } from '../../bridge/contract/log.ts';
import { Button, ButtonLink } from '../../design/button.tsx';
import { CopyIcon, LinkIcon, ShareIcon } from '../../design/icons/conversation.tsx';
import { PlusIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import { copyText } from '../../view-models/copying.ts';
import { linkToPost } from '../../view-models/log-post-text.ts';
import { placeLink } from '../../view-models/place.ts';

interface ForwardElsewhereProps {
  readonly channel: ChannelFacts;
  readonly posts: readonly PostView[];
  /** Somebody without a channel of their own is offered to create one. */
  readonly hasTargets: boolean;
  readonly onClose: () => void;
}

/** Ways out of the app: the system's share sheet, a link, the text. */
export function ForwardElsewhere(props: ForwardElsewhereProps) {
  const { channel, posts, hasTargets, onClose } = props;
  const texts = useTexts();
  const links = posts.map(({ seq }) => linkToPost(channel, seq, location)).join('\n');
  const words = posts.flatMap(({ text }) => (text === '' ? [] : [text])).join('\n\n');
  const copy = (text: string, done: string) => {
    onClose();
    copyText(text, { done, refused: texts.channel.notCopied }).catch(() => undefined);
  };
  const share = () => {
    const what = posts.length === 1 ? { url: links } : { text: links };
    // It is rejected when the person closes the share sheet.
    navigator.share({ title: channel.title, ...what }).then(onClose, () => undefined);
  };
  return (
    <>
      <div className="forward-elsewhere">
        {'share' in navigator ? (
          <Button icon={<ShareIcon />} onClick={share}>
            {texts.management.share}
          </Button>
        ) : null}
        <Button icon={<LinkIcon />} onClick={() => copy(links, texts.channel.linkCopied)}>
          {texts.channel.copyLink}
        </Button>
        {words === '' ? null : (
          <Button icon={<CopyIcon />} onClick={() => copy(words, texts.channel.textCopied)}>
            {texts.channel.copyText}
          </Button>
        )}
        {hasTargets ? null : (
          <ButtonLink icon={<PlusIcon />} href={placeLink({ at: 'new-channel' })} onClick={onClose}>
            {texts.shell.newChannel}
          </ButtonLink>
        )}
      </div>
      {channel.username === '' ? (
        <p className="forward-none">{texts.channel.linkForSubscribers}</p>
      ) : null}
    </>
  );
}
