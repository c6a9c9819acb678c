import './link-card.css';
import type { PostView } from '../../bridge/contract/log.ts';
import { LinkIcon } from '../../design/icons/conversation.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';

/** Says where the first link goes. Nothing is asked of that place before it is pressed. */
export function LinkCard({ link }: { readonly link: NonNullable<PostView['link']> }) {
  const texts = useTexts().channel;
  return (
    <a
      className="link-card"
      href={link.href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      title={fill(texts.linkTo, link.href)}
    >
      <LinkIcon />
      <span className="link-card-text" dir="ltr">
        <strong>{link.host}</strong>
        {link.path === '' || link.path === '/' ? null : <span>{link.path}</span>}
      </span>
    </a>
  );
}
