// Sentences of the fake program in Spanish.

import type { Row } from '../types/Row';

const WORDS: Record<string, (who: string, room: string) => string> = {
  CoworkerCheckin: (who) => `${who} ha entrado`,
  CheckinCreated: (who) => `${who} ha entrado`,
  CoworkerCheckout: (who) => `${who} ha salido`,
  BookingCreate: (who, room) => `${who} ha reservado ${room}`,
  BookingUpdate: (who, room) => `Ha cambiado la reserva de ${room} de ${who}`,
  BookingDelete: (who, room) => `Se ha eliminado la reserva de ${room} de ${who}`,
  VisitorRegistered: (who) => `Se espera a ${who}`,
  VisitorCheckedin: (who) => `Ha llegado ${who}`,
  DeliveryCreated: (who) => `Ha llegado un paquete para ${who}`,
  CoworkerInvoicePaid: (who) => `${who} ha pagado su factura`,
  CoworkerInvoiceFailedPayment: (who) => `Ha fallado el pago de ${who}`,
};

/** What a row says in Spanish. */
export function inSpanish(row: Row): string {
  const who = row.person ?? 'Alguien';
  return WORDS[row.action]?.(who, row.resource ?? 'una sala') ?? `Novedad de ${who}`;
}
