import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function ChannelIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M4 10.5v3a1.5 1.5 0 0 0 1.5 1.5H8l7.5 4.2V4.8L8 9H5.5A1.5 1.5 0 0 0 4 10.5M18.7 9.3a4 4 0 0 1 0 5.4M8 15v4.2"
    />
  );
}

export function ChatIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M12 4.5c-4.7 0-8.5 3.1-8.5 7 0 2.1 1.1 4 2.9 5.3L6 20l3.7-1.8c.7.2 1.5.3 2.3.3 4.7 0 8.5-3.1 8.5-7s-3.8-7-8.5-7"
    />
  );
}

export function ComposeIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M12.5 5H7a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-5.5M9.5 14.5l.5-2.7 7.7-7.6a1.55 1.55 0 0 1 2.2 2.2L12.2 14z"
    />
  );
}

export function SendIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M4.5 12 4 5.6a.9.9 0 0 1 1.3-.9l14.6 6.5a.9.9 0 0 1 0 1.6L5.3 19.3a.9.9 0 0 1-1.3-.9zm0 0H12"
    />
  );
}

export function ReplyIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M9.5 6 4 11.5 9.5 17M4 11.5h10a6 6 0 0 1 6 6V19" />;
}

export function ForwardIcon(props: IconProps) {
  return <DrawnIcon {...props} mirrored d="M14.5 6l5.5 5.5-5.5 5.5M20 11.5H10a6 6 0 0 0-6 6V19" />;
}

export function EditIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 19.5l.9-4.3L15.9 4.7a1.9 1.9 0 0 1 2.7 0l.7.7a1.9 1.9 0 0 1 0 2.7L8.8 18.6zM13.7 6.9l3.4 3.4"
    />
  );
}

export function CopyIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M9 11a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2zM15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"
    />
  );
}

export function ShareIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M12 14.5V4M7.5 8 12 3.5 16.5 8M5 12.5V18a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-5.5"
    />
  );
}

export function LinkIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M10 14a4 4 0 0 0 5.7 0l3-3A4.03 4.03 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4.03 4.03 0 0 0 11 18.7l1-1"
    />
  );
}

export function TrashIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 7h15M9.5 7V5.5A1.5 1.5 0 0 1 11 4h2a1.5 1.5 0 0 1 1.5 1.5V7m3.5 0-.8 11.1a2 2 0 0 1-2 1.9H8.8a2 2 0 0 1-2-1.9L6 7m4 4v5m4-5v5"
    />
  );
}

export function PinIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M9 4h6l-.6 6.2 2.9 3.3a.6.6 0 0 1-.5 1H7.2a.6.6 0 0 1-.5-1l2.9-3.3zM12 14.5V20"
    />
  );
}

export function UnpinIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M9 4h6l-.5 5.5M10.2 14.5H7.2a.6.6 0 0 1-.5-1l2.7-3M12 14.5V20M4 4l16 16"
    />
  );
}

export function BellIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1 1h-13zM10 20.3a2.6 2.6 0 0 0 4 0"
    />
  );
}

export function BellOffIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8 7a5.5 5.5 0 0 1 9.5 4v3.5M6.5 11v5.5l-1 1H17M10 20.3a2.6 2.6 0 0 0 4 0M4 4l16 16"
    />
  );
}

export function EyeIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3 12c1.8-3.7 5.2-6 9-6s7.2 2.3 9 6c-1.8 3.7-5.2 6-9 6s-7.2-2.3-9-6M9.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0"
    />
  );
}

export function SmileIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M8.5 14.2c.8 1.2 2.1 2 3.5 2s2.7-.8 3.5-2"
      solid="M8.1 10a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0M13.700000000000001 10a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0"
    />
  );
}

export function FlagIcon(props: IconProps) {
  return (
    <DrawnIcon {...props} mirrored d="M6 20.5V4.5m0 .5c4-2.5 7 2.5 12 0v8.5c-5 2.5-8-2.5-12 0" />
  );
}

export function SelectIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M8.5 12.2l2.5 2.5 5-5.2"
    />
  );
}
