import { DrawnIcon, type IconProps } from './drawn-icon.tsx';

export function AttachIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="m19.5 11.5-7.6 7.4a4.8 4.8 0 0 1-6.8-6.8L13 4.5a3.2 3.2 0 0 1 4.6 4.5l-7.8 7.7a1.6 1.6 0 0 1-2.3-2.3L14.5 7.5"
    />
  );
}

export function PictureIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5M4.5 16l4-4 7 7.5M13.5 15.5l2.5-2.5 3.5 3.5M13.7 8.7a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0"
    />
  );
}

export function VideoIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      mirrored
      d="M5 6.5h9A1.5 1.5 0 0 1 15.5 8v8a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 16V8A1.5 1.5 0 0 1 5 6.5m10.5 4 5-3v9l-5-3"
    />
  );
}

export function FileIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zm0 0v5h5"
    />
  );
}

export function MusicIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M14.5 15.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M9.5 17.5V6l10-2v11.5"
    />
  );
}

export function PlayIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      solid="M8 5.2v13.6c0 .7.8 1.1 1.3.7l10-6.8a.9.9 0 0 0 0-1.4l-10-6.8c-.5-.4-1.3 0-1.3.7"
    />
  );
}

export function PauseIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      solid="M7.5 5h2A1 1 0 0 1 10.5 6v12a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1m7 0h2a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1"
    />
  );
}

export function DownloadIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />;
}

export function UploadIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M12 15V4M7.5 8.5 12 4l4.5 4.5M5 20h14" />;
}

export function CropIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M7 2.5V15a2 2 0 0 0 2 2h12.5M2.5 7H15a2 2 0 0 1 2 2v12.5" />;
}

export function ZoomInIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0m11.3 4.7L20 20M11 8.5v5M8.5 11h5"
    />
  );
}

export function ZoomOutIcon(props: IconProps) {
  return (
    <DrawnIcon
      {...props}
      d="M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0m11.3 4.7L20 20M8.5 11h5"
    />
  );
}

export function RotateIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M5 12a7.5 7.5 0 1 0 2.5-5.6L4.5 9M4.5 4.5V9H9" />;
}

export function ExpandIcon(props: IconProps) {
  return <DrawnIcon {...props} d="M14 4.5h5.5V10M10 19.5H4.5V14M19.5 4.5l-6 6M4.5 19.5l6-6" />;
}
