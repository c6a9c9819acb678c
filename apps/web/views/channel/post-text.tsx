import './post-text.css';
import { Fragment } from 'react';
import type { Block, Inline } from '../../bridge/contract/log.ts';
import { CodeBlock } from '../../design/code-block.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';

interface PostTextProps {
  readonly blocks: readonly Block[];
  /** How many emoji it is made of, where it is nothing else. */
  readonly largeEmoji?: number | undefined;
  readonly onTag: (tag: string) => void;
  /** Absent: a mention leads to its place. */
  readonly onMention?: ((username: string) => void) | undefined;
  readonly onCopyCode: (code: string) => void;
}

/** Formatted text as elements; nothing of it is ever markup. */
export function PostText({ blocks, largeEmoji = 0, ...acts }: PostTextProps) {
  return (
    <div className="post-text" data-emoji={largeEmoji || undefined}>
      {blocks.map((block) => (
        <TextBlock key={block.start} block={block} {...acts} />
      ))}
    </div>
  );
}

interface TextBlockProps extends Pick<PostTextProps, 'onTag' | 'onMention' | 'onCopyCode'> {
  readonly block: Block;
}

function TextBlock({ block, onTag, onMention, onCopyCode }: TextBlockProps) {
  const texts = useTexts().channel;
  if (block.type === 'pre') {
    return (
      <CodeBlock
        label={texts.code}
        language={block.language}
        copyLabel={texts.copyCode}
        onCopy={() => onCopyCode(block.text)}
      >
        {block.text}
      </CodeBlock>
    );
  }
  const children = <Inlines nodes={block.children} onTag={onTag} onMention={onMention} />;
  if (block.type === 'quote') return <blockquote dir="auto">{children}</blockquote>;
  return <p dir="auto">{children}</p>;
}

interface InlinesProps extends Pick<PostTextProps, 'onTag' | 'onMention'> {
  readonly nodes: readonly Inline[];
}

function Inlines({ nodes, ...acts }: InlinesProps) {
  return nodes.map((node) => (
    <Fragment key={node.start}>
      <InlineNode node={node} {...acts} />
    </Fragment>
  ));
}

interface InlineNodeProps extends Omit<InlinesProps, 'nodes'> {
  readonly node: Inline;
}

function InlineNode({ node, ...acts }: InlineNodeProps) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return <code dir="ltr">{node.text}</code>;
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} {...acts} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} {...acts} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} {...acts} />
        </s>
      );
    case 'link':
      return <TextLink node={node} {...acts} />;
    case 'mention':
      return node.username === undefined ? (
        <bdi className="post-mention">{node.text}</bdi>
      ) : (
        <Mention text={node.text} username={node.username} onMention={acts.onMention} />
      );
    case 'hashtag':
      return (
        <button type="button" className="post-tag" onClick={() => acts.onTag(node.text)}>
          <bdi>{node.text}</bdi>
        </button>
      );
  }
}

interface MentionProps extends Pick<PostTextProps, 'onMention'> {
  readonly text: string;
  readonly username: string;
}

/** A link, so that it can be opened beside and copied; a plain press shows who it is. */
function Mention({ text, username, onMention }: MentionProps) {
  return (
    <a
      className="post-mention"
      href={placeLink({ at: 'name', username })}
      onClick={(event) => {
        const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
        if (!onMention || elsewhere) return;
        event.preventDefault();
        onMention(username);
      }}
    >
      <bdi>{text}</bdi>
    </a>
  );
}

interface TextLinkProps extends Omit<InlinesProps, 'nodes'> {
  readonly node: Extract<Inline, { readonly type: 'link' }>;
}

/** Where the words say something else than where the link goes, the real place stands beside them. */
function TextLink({ node, ...acts }: TextLinkProps) {
  const texts = useTexts().channel;
  return (
    <>
      <a
        href={node.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        title={fill(texts.linkTo, node.destination)}
      >
        <Inlines nodes={node.children} {...acts} />
      </a>
      {node.disguised ? (
        <>
          {' '}
          <bdi className="post-destination" dir="ltr">
            {node.destination}
          </bdi>
        </>
      ) : null}
    </>
  );
}
