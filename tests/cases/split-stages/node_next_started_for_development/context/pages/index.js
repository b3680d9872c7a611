export default function Home() {
  return <img src="/frame.svg" alt="A frame" />;
}
