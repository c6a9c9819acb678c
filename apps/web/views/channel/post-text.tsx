import './post-text.css';
import { Fragment } from 'react';
import type { Block, Inline } from '../../bridge/contract/log.ts';
import { CodeBlock } from '../../design/code-block.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { withoutEdgeBreaks } from '../../view-models/log-post-text.ts';
import { placeLink } from '../../view-models/place.ts';

interface PostTextProps {
  readonly blocks: readonly Block[];
  /** How many emoji it is made of, where it is nothing else. */
  readonly largeEmoji?: number | undefined;
  readonly onTag: (tag: string) => void;
  readonly onCopyCode: (code: string) => void;
}

/** Formatted text as elements; nothing of it is ever markup. */
export function PostText({ blocks, largeEmoji = 0, onTag, onCopyCode }: PostTextProps) {
  return (
    <div className="post-text" data-emoji={largeEmoji || undefined}>
      {blocks.map((block) => (
        <TextBlock key={block.start} block={block} onTag={onTag} onCopyCode={onCopyCode} />
      ))}
    </div>
  );
}

interface TextBlockProps extends Pick<PostTextProps, 'onTag' | 'onCopyCode'> {
  readonly block: Block;
}

function TextBlock({ block, onTag, onCopyCode }: TextBlockProps) {
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
  const nodes = withoutEdgeBreaks(block.children);
  if (nodes.length === 0) return null;
  const children = <Inlines nodes={nodes} onTag={onTag} />;
  if (block.type === 'quote') return <blockquote dir="auto">{children}</blockquote>;
  return <p dir="auto">{children}</p>;
}

interface InlinesProps {
  readonly nodes: readonly Inline[];
  readonly onTag: (tag: string) => void;
}

function Inlines({ nodes, onTag }: InlinesProps) {
  return nodes.map((node) => (
    <Fragment key={node.start}>
      <InlineNode node={node} onTag={onTag} />
    </Fragment>
  ));
}

function InlineNode({
  node,
  onTag,
}: {
  readonly node: Inline;
  readonly onTag: (tag: string) => void;
}) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return <code dir="ltr">{node.text}</code>;
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} onTag={onTag} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} onTag={onTag} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} onTag={onTag} />
        </s>
      );
    case 'link':
      return <TextLink node={node} onTag={onTag} />;
    case 'mention':
      return node.username === undefined ? (
        <bdi className="post-mention">{node.text}</bdi>
      ) : (
        <a className="post-mention" href={placeLink({ at: 'name', username: node.username })}>
          <bdi>{node.text}</bdi>
        </a>
      );
    case 'hashtag':
      return (
        <button type="button" className="post-tag" onClick={() => onTag(node.text)}>
          <bdi>{node.text}</bdi>
        </button>
      );
  }
}

interface TextLinkProps {
  readonly node: Extract<Inline, { readonly type: 'link' }>;
  readonly onTag: (tag: string) => void;
}

/** Where the words say something else than where the link goes, the real place stands beside them. */
function TextLink({ node, onTag }: TextLinkProps) {
  const texts = useTexts().channel;
  return (
    <>
      <a
        href={node.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        title={fill(texts.linkTo, node.destination)}
      >
        <Inlines nodes={node.children} onTag={onTag} />
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
