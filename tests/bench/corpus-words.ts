import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../helpers/project.ts';

/** One language: words that are put together to sentences, or characters where there are no spaces. */
export type Language = {
  readonly words: readonly string[];
  readonly joint: '' | ' ';
  readonly stop: string;
  /** A word is the one at count × u^bend: the commonest hundred are about half of an English text. */
  readonly bend: number;
  /** How often it is drawn, of 100. */
  readonly share: number;
};

const split = (text: string): string[] => text.split(' ');

/** Real words, and further ones that begin like one and end like another: as many as a text has, and as odd. */
function widened(words: readonly string[]): string[] {
  const odd = words.flatMap((head) =>
    words.map((tail) => head.slice(0, Math.ceil(head.length / 2)) + tail.slice(Math.ceil(tail.length / 2))),
  );
  return [...new Set([...words, ...odd])];
}

const spoken = (share: number, words: string, stop = '.'): Language => ({
  words: widened(split(words)),
  joint: ' ',
  stop,
  bend: 4,
  share,
});
const written = (share: number, characters: string, stop = '。'): Language => ({
  words: characters.split(''),
  joint: '',
  stop,
  bend: 2,
  share,
});

/** The commonest English words first, then those of the spelling dictionary in an order of its own hash. */
function english(): Language {
  const common = split(
    'the of and to in is you that it for on are as with they at be this have from or had by word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find',
  );
  const file = join(projectFolder, 'node_modules', 'dictionary-en', 'index.dic');
  const entries = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const words = entries
    .map((line) => line.split('/')[0] ?? '')
    .filter((word) => /^[A-Za-z']{2,}$/.test(word));
  const order = (word: string): number =>
    [...Buffer.from(word)].reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193), 0x811c_9dc5);
  const ranked = words.map((word) => [order(word), word] as const).toSorted(([a], [b]) => a - b);
  return { words: [...common, ...ranked.map(([, word]) => word)], joint: ' ', stop: '.', bend: 8, share: 62 };
}

/** Nineteen languages: 62 % English, 14 % Chinese, Japanese and Korean, the rest of Europe, Arabia and India. */
export function loadLanguages(): readonly Language[] {
  return [
    english(),
    written(
      7,
      '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长',
    ),
    written(
      4,
      'のにはをがでとしてるたいなもすこまかられあさんきりくけせそつてとめよわうえおちひふへほみむやゆろ日本人大年出会社中国見時間前後言語東京分手紙電話学校生先行来食水火木金土',
    ),
    spoken(
      3,
      '그리고 나는 당신 우리 사람 시간 오늘 내일 학교 회사 전화 주문 배송 환불 계정 문제 해결 방법 확인 감사합니다 안녕하세요 있습니다 없습니다 합니다 됩니다 하지만 그래서 때문에',
    ),
    spoken(
      4,
      'und der die das nicht mit auch wenn aber über können müssen Straße größer Lieferung Rechnung Bestellung Rückgabe Kundendienst Vertrag Änderung zwischen während gegenüber möglich wahrscheinlich Entscheidung Verantwortung',
    ),
    spoken(
      3,
      "et le la les une est dans pour avec être avoir très déjà commande livraison remboursement adresse problème aujourd'hui peut-être plusieurs également français où façon développement électronique",
    ),
    spoken(
      3,
      'y el la los una está para con pero también pedido entrega reembolso dirección problema mañana señor año información cuándo según después número teléfono contraseña desarrollo',
    ),
    spoken(
      2,
      'e o os uma está para com mas também pedido entrega reembolso endereço problema amanhã não informação quando número telefone senha você desenvolvimento coração atenção',
    ),
    spoken(
      1,
      'e il lo la gli una sono per con anche ordine consegna rimborso indirizzo problema domani perché più città informazione quando numero telefono sviluppo',
    ),
    spoken(
      1,
      'en de het een niet met ook maar bestelling levering terugbetaling adres probleem morgen informatie wanneer telefoonnummer wachtwoord ontwikkeling waarschijnlijk',
    ),
    spoken(
      1,
      'i w na nie się jest do że zamówienie dostawa zwrot adres problem jutro informacja kiedy numer telefonu hasło rozwój prawdopodobnie źródło część',
    ),
    spoken(
      2,
      'и в на не что это как его она они заказ доставка возврат адрес проблема завтра информация когда номер телефона пароль развитие вероятно объявление',
    ),
    spoken(
      1,
      've bir bu için ile değil sipariş teslimat iade adres sorun yarın bilgi ne zaman telefon numarası şifre geliştirme muhtemelen İstanbul ışık',
    ),
    spoken(
      2,
      'في من على إلى هذا التي الذي كان لم طلب توصيل استرداد عنوان مشكلة غدا معلومات متى رقم الهاتف كلمة المرور تطوير ربما',
    ),
    spoken(
      1,
      'और है में की का के से को पर यह वह नहीं आदेश वितरण वापसी पता समस्या कल जानकारी कब फ़ोन नंबर विकास शायद',
      '।',
    ),
    spoken(
      1,
      'och att det som är på för inte med beställning leverans återbetalning adress problem imorgon information när telefonnummer lösenord utveckling',
    ),
    spoken(
      1,
      'và của là không có một được cho với đơn hàng giao hoàn tiền địa chỉ vấn đề ngày mai thông tin khi nào số điện thoại mật khẩu phát triển',
    ),
    spoken(
      1,
      'και το να είναι με για δεν που παραγγελία παράδοση επιστροφή διεύθυνση πρόβλημα αύριο πληροφορίες πότε τηλέφωνο κωδικός ανάπτυξη',
    ),
    spoken(1, 'של את על לא זה הוא היא הזמנה משלוח החזר כתובת בעיה מחר מידע מתי מספר טלפון סיסמה פיתוח כנראה'),
  ];
}
