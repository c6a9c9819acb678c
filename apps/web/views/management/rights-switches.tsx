import type { Rights } from '../../bridge/contract/log.ts';
import { Switch } from '../../design/switch.tsx';
import { type Texts, useTexts } from '../../language/language.tsx';

const kinds = [
  ['post', 'rightPost'],
  ['edit', 'rightEdit'],
  ['delete', 'rightDelete'],
  ['invite', 'rightInvite'],
  ['manage', 'rightManage'],
] as const;

interface RightsSwitchesProps {
  readonly rights: Rights;
  readonly onChange: (rights: Rights) => void;
}

/** What an admin may do, one by one. */
export function RightsSwitches({ rights, onChange }: RightsSwitchesProps) {
  const { management } = useTexts();
  return (
    <div className="management-switches">
      {kinds.map(([right, name]) => (
        <Switch
          key={right}
          label={management[name]}
          checked={rights[right]}
          onChange={(granted) => onChange({ ...rights, [right]: granted })}
        />
      ))}
    </div>
  );
}

/** Rights in words. */
export function rightNames(rights: Rights, texts: Texts['management']): readonly string[] {
  const names = kinds.filter(([right]) => rights[right]).map(([, name]) => texts[name]);
  return names.length === 0 ? [texts.rightsNone] : names;
}
