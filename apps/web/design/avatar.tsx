import './avatar.css';
import { avatarHue, initialsOf } from '@heliogram/content';
import { type CSSProperties, memo, useState } from 'react';

interface AvatarProps {
  /** Decides the hue, which stays through changes of name. */
  readonly id: string;
  /** Where the id itself is not known: the hue that belongs to it. */
  readonly hue?: number | undefined;
  readonly name: string;
  readonly src?: string | undefined;
  /** 24, 32, 40, 48, 72, 112 px. */
  readonly size?: 'xs' | 's' | 'm' | 'l' | 'xl' | '2xl' | undefined;
  /** `tile` for channels, `round` for people. */
  readonly shape?: 'round' | 'tile' | undefined;
  /** A ring in the colour of the mood. */
  readonly ring?: boolean | undefined;
  /** Read aloud. Leave it out where the name stands beside it. */
  readonly label?: string | undefined;
}

/** The picture, or initials as long as there is none or it cannot be loaded. */
export const Avatar = memo(function Avatar(props: AvatarProps) {
  const { id, hue = avatarHue(id), name, src, size = 'm', shape = 'round', ring, label } = props;
  const [failed, setFailed] = useState<string>();
  const face = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <span
      {...face}
      className="ui-avatar"
      data-size={size}
      data-shape={shape}
      data-ring={ring || undefined}
      style={{ '--avatar-hue': hue } as CSSProperties}
    >
      <span aria-hidden="true">{initialsOf(name)}</span>
      {src && src !== failed ? (
        <img
          className="ui-avatar-image"
          src={src}
          alt=""
          decoding="async"
          draggable={false}
          onError={() => setFailed(src)}
        />
      ) : null}
    </span>
  );
});
