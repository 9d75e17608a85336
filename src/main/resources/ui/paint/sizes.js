/** The sizes that image back ends most often know. */
export const PRESETS = [
  { name: 'square', label: 'Square', width: 1024, height: 1024 },
  { name: 'portrait', label: 'Portrait', width: 1024, height: 1536 },
  { name: 'landscape', label: 'Landscape', width: 1536, height: 1024 },
  { name: 'wide', label: 'Wide', width: 1792, height: 1024 },
];

/** The name of the preset of that size, `free` if there is none. */
export function presetOf(width, height) {
  const preset = PRESETS.find((p) => String(p.width) === width && String(p.height) === height);
  return preset?.name ?? 'free';
}
