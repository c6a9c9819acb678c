import type { CSSProperties } from 'react';
import * as conversation from '../../icons/conversation.tsx';
import * as formatting from '../../icons/formatting.tsx';
import * as media from '../../icons/media.tsx';
import * as navigation from '../../icons/navigation.tsx';
import * as people from '../../icons/people.tsx';
import * as places from '../../icons/places.tsx';
import * as state from '../../icons/state.tsx';
import { Chapter, Specimen } from '../specimen.tsx';

const roles = [
  'paper',
  'raised',
  'sunken',
  'selected',
  'ink',
  'ink-soft',
  'ink-faint',
  'line',
  'line-strong',
  'accent',
  'on-accent',
  'accent-edge',
  'accent-ink',
  'accent-wash',
  'danger',
  'danger-ink',
  'danger-wash',
  'success-ink',
  'success-wash',
  'warning-ink',
  'warning-wash',
  'focus',
] as const;
const sizes = ['3xl', '2xl', 'xl', 'l', 'm', 's', 'xs'] as const;
const sets = { navigation, conversation, people, media, formatting, state, places };

export function Foundations() {
  return (
    <Chapter title="Foundations">
      <Specimen title="Colour roles" wide stack>
        <div className="swatches">
          {roles.map((role) => (
            <div key={role} className="swatch">
              <span style={{ '--swatch': `var(--${role})` } as CSSProperties} />
              <span>{role}</span>
            </div>
          ))}
        </div>
      </Specimen>
      <Specimen title="Type" wide stack>
        {sizes.map((size) => (
          <p
            key={size}
            className="type-line"
            style={{ fontSize: `var(--text-${size})`, fontFamily: 'var(--font-reading)' }}
          >
            <small>text-{size}</small>
            <span>A mirror, the sun and a friend in sight</span>
          </p>
        ))}
      </Specimen>
      {Object.entries(sets).map(([name, icons]) => (
        <Specimen key={name} title={`icons/${name}`} wide>
          <div className="icons">
            {Object.entries(icons).map(([icon, Icon]) => (
              <div key={icon}>
                <Icon size="l" />
                <span>{icon.replace('Icon', '')}</span>
              </div>
            ))}
          </div>
        </Specimen>
      ))}
    </Chapter>
  );
}
