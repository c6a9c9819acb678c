import { useFormats, useTexts } from '../../language/language.tsx';
import { textRoom } from '../../view-models/composer-limits.ts';

/** How much more can be written, once that matters. */
export function RoomLeft({ text }: { readonly text: string }) {
  const texts = useTexts().composer;
  const formats = useFormats();
  const room = textRoom(text);
  const said =
    room.state === 'plenty'
      ? ''
      : formats.plural(room.bytes, room.state === 'over' ? texts.tooLong : texts.left);
  return (
    <span className="composer-room" data-state={room.state} role="status">
      {said}
    </span>
  );
}
