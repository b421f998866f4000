// What is used of qrcode-terminal, which brings no types.

declare module 'qrcode-terminal' {
  const qrcode: {
    /** Draws a QR code with characters and gives the drawing to `draw`. */
    generate(text: string, options: { small: boolean }, draw: (drawn: string) => void): void;
  };
  export default qrcode;
}
