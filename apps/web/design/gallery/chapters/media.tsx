import { useEffect, useRef, useState } from 'react';
import { AvatarCropper, type AvatarCropperHandle } from '../../avatar-cropper.tsx';
import { BlurHash } from '../../blur-hash.tsx';
import { Button } from '../../button.tsx';
import { CloseIcon } from '../../icons/navigation.tsx';
import { PhotoMosaic } from '../../photo-mosaic.tsx';
import { ProgressRing } from '../../progress.tsx';
import { QrCode } from '../../qr-code.tsx';
import { Chapter, Specimen } from '../specimen.tsx';

const hashes = [
  'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
  'LGF5]+Yk^6#M@-5c,1J5@[or[Q6.',
  'L6PZfSi_.AyE_3t7t7R**0o#DgR4',
  'LKO2?U%2Tw=w]~RBVZRi};RPxuwH',
] as const;
const shapes = [
  [1600, 1000],
  [900, 1200],
  [1000, 1000],
  [2000, 900],
  [1200, 900],
  [800, 1400],
  [1500, 1000],
  [1000, 1300],
  [1400, 1000],
  [1000, 1000],
] as const;

export function Media() {
  return (
    <Chapter title="Media">
      <Specimen title="PhotoMosaic over BlurHash: 1 to 10 pictures" wide>
        <div className="mosaics">
          {shapes.map((_, index) => (
            <Album key={shapes.slice(0, index + 1).length} count={index + 1} />
          ))}
        </div>
      </Specimen>
      <Cropping />
      <Specimen title="QrCode">
        <QrCode text="https://helio.example/+4kQz81" label="Leads to the channel Observatory" />
      </Specimen>
    </Chapter>
  );
}

function Album({ count }: { readonly count: number }) {
  const pictures = shapes.slice(0, count).map(([width, height], index) => ({
    key: `${index}`,
    width,
    height,
    hash: hashes[index % hashes.length] ?? hashes[0],
  }));
  return (
    <PhotoMosaic
      pictures={pictures}
      render={({ hash, width, height }, index) => (
        <div className="photo">
          <BlurHash hash={hash} width={width} height={height} />
          {index === 0 && count === 1 ? (
            <ProgressRing
              over
              label="Upload of the first"
              value={0.7}
              onPress={() => undefined}
              pressLabel="Stop this upload"
            >
              <CloseIcon size="s" />
            </ProgressRing>
          ) : null}
        </div>
      )}
    />
  );
}

function Cropping() {
  const cropper = useRef<AvatarCropperHandle>(null);
  const picture = useSamplePicture();
  const [size, setSize] = useState('');
  return (
    <Specimen title="AvatarCropper" stack>
      {picture ? (
        <AvatarCropper
          ref={cropper}
          picture={picture}
          shape="tile"
          label="The picture. Drag to move it; arrow keys move, plus and minus zoom."
          zoomLabel="Zoom"
          onUnreadable={() => setSize('unreadable')}
        />
      ) : null}
      <Button
        onClick={() => {
          cropper.current?.crop().then(
            (blob) => setSize(`${blob.type}, ${blob.size} bytes`),
            () => setSize('failed'),
          );
        }}
      >
        Crop
      </Button>
      <output>{size}</output>
    </Specimen>
  );
}

// Drawn here, so that the gallery needs no file.
function useSamplePicture(): Blob | undefined {
  const [picture, setPicture] = useState<Blob>();
  useEffect(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 600;
    const context = canvas.getContext('2d');
    if (!context) return;
    const sky = context.createLinearGradient(0, 0, 0, 600);
    sky.addColorStop(0, '#274690');
    sky.addColorStop(0.6, '#f4a261');
    sky.addColorStop(1, '#2a1d14');
    context.fillStyle = sky;
    context.fillRect(0, 0, 900, 600);
    context.fillStyle = '#ffe9a8';
    context.beginPath();
    context.arc(450, 330, 90, 0, Math.PI * 2);
    context.fill();
    canvas.toBlob((blob) => setPicture(blob ?? undefined));
  }, []);
  return picture;
}
