import { Avatar } from '../../avatar.tsx';
import { UnreadCount } from '../../badge.tsx';
import { IconButton } from '../../button.tsx';
import { SendIcon } from '../../icons/conversation.tsx';
import { ListRowLink } from '../../list-row.tsx';
import { TextField } from '../../text-field.tsx';
import type { Mood } from '../look.ts';
import type { Samples } from '../samples.ts';
import { Chapter } from '../specimen.tsx';

interface MoodsProps {
  readonly text: Samples;
}

export function Moods({ text }: MoodsProps) {
  const [sun, shade, night] = text.moods;
  return (
    <Chapter title="Moods">
      <div className="specimen moods" data-wide="">
        <Scene mood="sun" title={sun} rows={text.channels} text={text}>
          <article className="mood-story">
            <h4>{text.headline}</h4>
            <p className="byline">{text.byline}</p>
            <p className="text">{text.story}</p>
          </article>
        </Scene>
        <Scene mood="shade" title={shade} rows={text.people} text={text}>
          <div className="mood-talk">
            <p className="bubble">{text.message}</p>
            <p className="bubble" data-own="">
              {text.answer}
            </p>
          </div>
        </Scene>
        <Scene mood="night" title={night} rows={text.secrets} text={text}>
          <div className="mood-talk">
            <p className="bubble">{text.whisper}</p>
            <p className="bubble" data-own="">
              {text.answer}
            </p>
          </div>
        </Scene>
      </div>
    </Chapter>
  );
}

interface SceneProps extends MoodsProps {
  readonly mood: Mood;
  readonly title: string;
  readonly rows: Samples['channels'];
  readonly children: React.ReactNode;
}

function Scene({ mood, title, rows, text, children }: SceneProps) {
  return (
    <section className="mood" data-mood={mood} aria-label={title}>
      <h3>{title}</h3>
      <div className="mood-list">
        {rows.map((row, index) => (
          <ListRowLink
            key={row.id}
            href="#"
            aria-current={index === 0 ? 'page' : undefined}
            leading={
              <Avatar
                id={row.id}
                name={row.title}
                size="l"
                shape={mood === 'sun' ? 'tile' : 'round'}
              />
            }
            title={row.title}
            meta={<time>{row.time}</time>}
            preview={
              row.by ? (
                <>
                  <strong>{row.by}:</strong> {row.preview}
                </>
              ) : (
                row.preview
              )
            }
            badges={
              row.unread ? (
                <UnreadCount label={text.unread(row.unread)}>{row.unread}</UnreadCount>
              ) : undefined
            }
          />
        ))}
      </div>
      {children}
      <Composer label={text.message} />
    </section>
  );
}

function Composer({ label }: { readonly label: string }) {
  return (
    <div className="mood-composer">
      <TextField label={label} hideLabel value="" onChange={() => undefined} placeholder={label} />
      <IconButton label={label} tone="primary">
        <SendIcon />
      </IconButton>
    </div>
  );
}
