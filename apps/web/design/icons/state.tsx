import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function ClockIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M12 7v5l3.5 2" />;
}

export function CalendarIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M6 5.5h12A1.5 1.5 0 0 1 19.5 7v11.5A1.5 1.5 0 0 1 18 20H6a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 6 5.5M4.5 10.5h15M8.5 3.5V7m7-3.5V7"
    />
  );
}

export function InfoIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M12 11.5V16"
      solid="M10.85 8.3a1.15 1.15 0 1 0 2.3 0a1.15 1.15 0 1 0 -2.3 0"
    />
  );
}

export function AlertIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M10.7 4.7 3.4 17.5a1.5 1.5 0 0 0 1.3 2.3h14.6a1.5 1.5 0 0 0 1.3-2.3L13.3 4.7a1.5 1.5 0 0 0-2.6 0M12 9.5v4"
      solid="M10.85 16.6a1.15 1.15 0 1 0 2.3 0a1.15 1.15 0 1 0 -2.3 0"
    />
  );
}

export function OfflineIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M8.2 7.1A5.5 5.5 0 0 1 17.4 10 4 4 0 0 1 19.7 16.3M16 18H7.5a4.5 4.5 0 0 1-1-8.9M4 4l16 16"
    />
  );
}

export function RetryIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M19 12a7.5 7.5 0 1 1-2.5-5.6L19.5 9M19.5 4.5V9H15" />;
}

export function FailedIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M12 7.5v5"
      solid="M10.85 15.8a1.15 1.15 0 1 0 2.3 0a1.15 1.15 0 1 0 -2.3 0"
    />
  );
}
