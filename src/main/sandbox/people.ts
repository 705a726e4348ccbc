import { elementAt } from './random.ts';
import type { JsonObject, WireCustomer } from './wire-types.ts';

/*
 * Invented people. Every text that a real tenant would not want to see on a disk starts with CANARY-, so that a test
 * can search files and logs for it.
 */
const FIRST_NAMES = ['Çağrı', 'Şükrü', 'Işıl', 'İnci', 'Gökçe', 'Özgür', 'Ayşe', 'Mehmet'];
const LAST_NAMES = ['Yıldız', 'Öztürk', 'Güneş', 'Şahin', 'Iğdır', 'Çelik', 'Aydın'];
const PLACES = [
  { city: 'İstanbul', township: 'Şişli', district: 'Feriköy' },
  { city: 'İzmir', township: 'Çeşme', district: 'Ilıca' },
  { city: 'Diyarbakır', township: 'Bağlar', district: 'Muradiye' },
  { city: 'Muğla', township: 'Köyceğiz', district: 'Gülpınar' },
  { city: 'Iğdır', township: 'Tuzluca', district: 'Ünlendi' },
] as const;

const PEOPLE = 120;

interface Person {
  customer: WireCustomer;
  address: JsonObject;
}

const people: readonly Person[] = Array.from({ length: PEOPLE }, (_, number) => createPerson(number));

/** The invented customer with this number, and the address of the order; the objects are shared and never changed. */
export function personAt(number: number): Person {
  return elementAt(people, number);
}

function createPerson(number: number): Person {
  const tag = String(number).padStart(4, '0');
  const person = {
    // Some texts end in a blank, as in the documented samples.
    email: `CANARY-EMAIL-${tag}@example.com${number % 9 === 0 ? ' ' : ''}`,
    first_name: `CANARY-NAME-${elementAt(FIRST_NAMES, number)}-${tag}`,
    last_name: `CANARY-SURNAME-${elementAt(LAST_NAMES, number)}-${tag}`,
  };
  const phone = `CANARY-PHONE-0555${tag}`;
  return {
    customer: { id: 5_000 + number, ...person, phone_number: number % 3 === 0 ? null : phone },
    address: createAddress(number, tag, { ...person, phone_number: phone }),
  };
}

function createAddress(number: number, tag: string, person: JsonObject): JsonObject {
  const place = elementAt(PLACES, number);
  const company = number % 10 === 0;
  const none = number % 2 === 0 ? '' : null;
  return {
    email: person.email,
    phone_number: person.phone_number,
    first_name: person.first_name,
    last_name: person.last_name,
    country: { name: 'Türkiye', code: 'tr' },
    city: { id: 30 + (number % PLACES.length), name: place.city },
    line: `CANARY-ADDRESS-${tag} Gül Sokak No: ${number + 1}${number % 7 === 0 ? ' ' : ''}`,
    title: number % 4 === 0 ? 'Ev ' : 'İş',
    township: number % 11 === 0 ? null : { id: 300 + number, name: place.township },
    district: number % 11 === 0 ? null : { id: 3_000 + number, name: place.district },
    postcode: number % 5 === 0 ? '' : `34${tag.slice(1)}`,
    notes: number % 6 === 0 ? `CANARY-ADDRESS-NOTE-${tag}` : null,
    company_name: company ? `CANARY-COMPANY-${tag} Ltd. Şti.` : none,
    tax_office: company ? 'Şişli' : none,
    tax_no: company ? `CANARY-TAX-${tag}` : none,
    e_bill_taxpayer: company,
    identity_number: number % 8 === 0 ? `CANARY-IDENTITY-${tag}` : null,
    extra_field: {},
  };
}
