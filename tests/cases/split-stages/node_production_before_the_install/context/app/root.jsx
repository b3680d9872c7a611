export default function Root() {
  return <html lang="en"><body>Here</body></html>;
}
