import '../tokens.css';
import '../base.css';
import { createRoot } from 'react-dom/client';
import { Gallery } from './gallery.tsx';

const place = document.getElementById('gallery');
if (!place) throw new Error('the page has no place for the gallery');
createRoot(place).render(<Gallery />);
