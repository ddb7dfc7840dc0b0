# Lo que Nexwatch dice de los eventos, en español. El formato es el de Fluent: https://projectfluent.org
# Qué piezas hay y qué pasa con las que faltan está en en.ftl.

## Números, días y horas

decimal-mark = ,
group-mark = .
group-from = 5
money-bare = { $minus }{ $number }
money-sign = { $minus }{ $number } { $mark }
money-code = { $minus }{ $number } { $mark }

today = hoy
tomorrow = mañana
yesterday = ayer
date = { $weekday } { $day } { $month }
date-year = { $day } { $month } { $year }
moment = { $day } { $clock }
span-of-a-day = { $day } { $from }–{ $to }
span-of-clocks = { $from }–{ $to }
span-of-days = { $from } – { $to }
month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sep
month-10 = oct
month-11 = nov
month-12 = dic
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom

## Lo que vale para todo

labelled = { $label }: { $sentence }
something-happened = ha pasado algo

# What stands before a field's name in a sentence and not in a list.
articles = el la los las
# Fields whose word in a sentence is the opposite of what yes means.
label-Tentative = Provisional
person = Persona
resource = Sala, puesto u objeto
fact-time-zone = Zona horaria

## Cómo se llaman las acciones

action-2 = Cliente modificado
action-3 = Cliente nuevo
action-4 = Artículo creado
action-5 = Artículo modificado
action-6 = Reserva creada
action-7 = Reserva modificada
action-8 = Reserva eliminada
action-9 = Correo de bienvenida enviado
action-10 = Contrato activado
action-11 = Contrato cancelado
action-12 = Contrato renovado
action-13 = Cambio de plan del contrato
action-14 = Primer contrato activado
action-15 = Primera factura creada
action-16 = Factura creada
action-17 = Factura eliminada
action-18 = Factura modificada
action-19 = Factura anulada o reembolsada
action-20 = Nota de crédito creada
action-21 = Factura pagada por completo
action-22 = Pago de factura fallido
action-23 = Pago de factura recibido
action-24 = Factura pendiente de pago
action-25 = Evento creado
action-26 = Evento modificado
action-27 = Asistente eliminado
action-28 = Asistente inscrito
action-29 = Asistente modificado
action-30 = Mensaje de chat
action-31 = Suscriptor del boletín creado
action-32 = Alta en el boletín
action-33 = Baja del boletín
action-34 = Suscriptor retirado de un grupo
action-35 = Cliente: salida
action-36 = Cliente: entrada
action-37 = Cliente: entrada denegada
action-38 = Visita avisada
action-39 = Tema de la comunidad creado
action-40 = Respuesta de la comunidad creada
action-41 = Llegada de visita
action-42 = Visita registrada
action-43 = Artículo eliminado
action-44 = Evento eliminado
action-45 = Mensaje de soporte creado
action-46 = Respuesta de soporte creada
action-47 = Entrada registrada
action-48 = Entrada modificada
action-49 = Entrada eliminada
action-50 = Cliente eliminado
action-51 = Mensaje a cliente
action-52 = Envío recibido
action-53 = Envío asignado
action-54 = Propuesta creada
action-55 = Propuesta modificada
action-56 = Propuesta eliminada
action-57 = Equipo creado
action-58 = Equipo modificado
action-59 = Equipo eliminado
action-60 = Contrato modificado
action-61 = Control de acceso actualizado
action-62 = Contrato creado
action-63 = Intento de entrada fallido
action-64 = Visita eliminada
action-65 = Apunte contable creado
action-66 = Apunte contable eliminado
action-67 = Apunte contable modificado
action-68 = Producto de cliente añadido
action-69 = Producto de cliente modificado
action-70 = Producto de cliente eliminado
action-71 = Puesto creado
action-72 = Puesto eliminado
action-73 = Puesto modificado
action-74 = Plan creado
action-75 = Plan eliminado
action-76 = Plan modificado
action-77 = Contrato eliminado
action-78 = Plano creado
action-79 = Plano eliminado
action-80 = Plano modificado
action-81 = Producto creado
action-82 = Producto eliminado
action-83 = Producto modificado
action-84 = Local modificado
action-85 = Grupo de la comunidad creado
action-86 = Grupo de la comunidad eliminado
action-87 = Grupo de la comunidad modificado
action-88 = Método de pago añadido
action-89 = Método de pago eliminado
action-90 = Método de pago modificado

## Cómo se llaman las cosas

entity-0 = Desconocido
entity-1 = Reserva
entity-2 = Entrada
entity-3 = Entrada denegada
entity-4 = Cliente
entity-6 = Contrato
entity-7 = Factura
entity-8 = Apunte contable
entity-9 = Producto de cliente
entity-10 = Método de pago
entity-11 = Visita
entity-12 = Envío
entity-13 = Equipo
entity-14 = Mensaje de soporte
entity-15 = Respuesta de soporte
entity-16 = Mensaje
entity-17 = Evento
entity-18 = Asistente
entity-19 = Propuesta
entity-20 = Suscriptor del boletín
entity-21 = Tema de la comunidad
entity-22 = Respuesta de la comunidad
entity-23 = Artículo
entity-24 = Mensaje de chat
entity-25 = Puesto
entity-26 = Plan
entity-27 = Producto
entity-28 = Plano
entity-29 = Local
entity-30 = Grupo de la comunidad

## Qué ha cambiado

changed-list = { $field1 ->
    [0] { $more ->
        [one] un campo
       *[other] { $more } campos
    }
   *[other] { $field2 ->
        [0] { $more ->
            [0] { $field1 }
            [one] { $field1 } y un campo más
           *[other] { $field1 } y { $more } campos más
        }
       *[other] { $field3 ->
            [0] { $more ->
                [0] { $field1 } y { $field2 }
                [one] { $field1 }, { $field2 } y un campo más
               *[other] { $field1 }, { $field2 } y { $more } campos más
            }
           *[other] { $more ->
                [0] { $field1 }, { $field2 } y { $field3 }
                [one] { $field1 }, { $field2 }, { $field3 } y un campo más
               *[other] { $field1 }, { $field2 }, { $field3 } y { $more } campos más
            }
        }
    }
}
unknown-field = «{ $name }»
changed-also = { $field1 ->
    [0] { $more ->
        [0] {""}
       *[other] ; otros cambios: { changed-list }
    }
   *[other] ; otros cambios: { changed-list }
}

field-Active = si está activo
field-Archived = el archivado
field-BusinessId = el local
field-BusinessName = el local
field-CompanyName = la empresa
field-CoworkerCompanyName = la empresa
field-CoworkerEmail = el correo
field-CoworkerFullName = el cliente
field-CoworkerId = el cliente
field-CoworkerTeamNames = el equipo
field-CustomFields = los campos propios
field-Description = la descripción
field-Email = el correo
field-FromTime = el inicio
field-Name = el nombre
field-Notes = las notas
field-Price = el precio
field-ResourceId = la sala
field-ResourceName = la sala
field-Source = el origen
field-Tag = la etiqueta
field-TariffId = el plan
field-TariffName = el plan
field-TeamName = el equipo
field-TeamNames = el equipo
field-ToTime = el final

## Reservas

part-booking-room = { $what ->
    [0] una sala
   *[other] { $what }
}
part-booking-for = { $span ->
    [0] {""}
   *[other] {" "}({ $span })
}
part-booking-visitors = { $visitors ->
    [0] {""}
    [one] , con una visita
   *[other] , con { $visitors } visitas
}
part-booking-whose = reserva{ $what ->
    [0] {""}
   *[other] {" "}de { $what }
}{ $who ->
    [0] {""}
   *[other] {" "}a nombre de { $who }
}
booking = Reserva{ $what ->
    [0] {""}
   *[other] {" "}de { $what }
}{ $who ->
    [0] {""}
   *[other] {" "}a nombre de { $who }
}{ part-booking-for }
booking-created = { $who ->
    [0] Se ha reservado { part-booking-room }
   *[other] { $who } ha reservado { part-booking-room }
}{ $span ->
    [0] {""}
   *[other] {" "}para { $span }
}{ part-booking-visitors }
booking-tour = Se ha reservado una visita guiada{ $who ->
    [0] {""}
   *[other] {" "}para { $who }
}{ $what ->
    [0] {""}
   *[other] {" "}en { $what }
}{ part-booking-for }{ part-booking-visitors }
booking-tentative = { $who ->
    [0] Se ha reservado { part-booking-room } de forma provisional
   *[other] { $who } ha reservado { part-booking-room } de forma provisional
}{ $span ->
    [0] {""}
   *[other] {" "}para { $span }
}{ part-booking-visitors }
booking-updated = Modificada la { part-booking-whose }{ part-booking-for }
booking-cancelled = Cancelada la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-moved = Cambia la hora de la { part-booking-whose }: antes { $old }, ahora { $new }{ changed-also }
booking-extended = Se alarga la { part-booking-whose }: antes { $old }, ahora { $new }{ changed-also }
booking-shortened = Se acorta la { part-booking-whose }: antes { $old }, ahora { $new }{ changed-also }
booking-moved-away = Cambia la reserva{ $who ->
    [0] {""}
   *[other] {" "}a nombre de { $who }
}: antes { $from } ({ $old }), ahora { $what ->
    [0] otra sala
   *[other] { $what }
} ({ $new }){ changed-also }
booking-other-room = Cambia de sala la reserva{ $who ->
    [0] {""}
   *[other] {" "}a nombre de { $who }
}{ part-booking-for }: antes { $from }, ahora { $what ->
    [0] otra sala
   *[other] { $what }
}{ changed-also }
booking-checked-in = { $who ->
    [0] Entrada en { part-booking-room }
   *[other] { $who } ha entrado en { part-booking-room }
}{ part-booking-for }{ changed-also }
booking-not-checked-in = Anulada la entrada de la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-confirmed = Confirmada la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-unconfirmed = Vuelve a ser provisional la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-paid = Pagada la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-unpaid = Ya no consta como pagada la { part-booking-whose }{ part-booking-for }{ changed-also }
booking-invoiced = Facturada la { part-booking-whose }{ part-booking-for }{ $invoice ->
    [0] {""}
   *[other] : { $invoice }
}{ changed-also }
booking-passed-on = La reserva{ $what ->
    [0] {""}
   *[other] {" "}de { $what }
}{ part-booking-for } pasa de { $from } a { $who ->
    [0] otro cliente
   *[other] { $who }
}{ changed-also }
booking-priced = Cambia el precio de la { part-booking-whose }{ part-booking-for }: { $old ->
    [0] ahora { $new }
   *[other] antes { $old }, ahora { $new }
}{ changed-also }
booking-changed = Modificada la { part-booking-whose }{ part-booking-for }: { changed-list }
booking-saved = Guardada sin cambios la { part-booking-whose }{ part-booking-for }

field-BookingProducts = los productos
field-BookingVisitors = las visitas
field-CancelIfNotCheckedIn = la cancelación sin entrada
field-CancelIfNotPaid = la cancelación por impago
field-ChargeNow = el cobro
field-CheckedInAt = la entrada
field-CoworkerExtraServicePrice = la tarifa
field-CoworkerInvoiceNumber = la factura
field-CoworkerInvoicePaid = el pago
field-DiscountAmount = el descuento
field-DiscountCode = el código de descuento
field-EstimatedCost = el coste estimado
field-EstimatedCostWithProducts = el coste estimado con productos
field-EstimatedProductCost = el coste estimado de productos
field-ExtraServiceName = la tarifa
field-FloorPlanDeskName = el puesto
field-InternalNotes = las notas internas
field-InvoiceDate = la fecha de la factura
field-InvoiceNow = la facturación
field-Invoiced = la facturación
field-IsEvent = si es un evento
field-IsTour = si es una visita guiada
field-LastNotificationTime = el último aviso
field-MrmReminded = el recordatorio
field-Online = cómo se reservó
field-OverridePrice = el precio
field-PurchaseOrder = el pedido de compra
field-Reminded = el recordatorio
field-RepeatBooking = la repetición
field-RepeatEvery = la repetición
field-RepeatUntil = el final de la repetición
field-Repeats = la repetición
field-Tentative = la confirmación

## Entradas y acceso

source-manual = a mano
source-door = puerta
source-network = red
source-tile = NexTile
source-sensor = sensor

part-checkin-who = { $who ->
    [0] {""}
   *[other] {" "}de { $who }
}
part-checkin-at = { $where ->
    [0] {""}
   *[other] {" "}en { $where }
}
part-checkin-how = { $how ->
    [0] {""}
   *[other] {" "}({ $how })
}
part-checkin-when = { $span ->
    [0] {""}
   *[other] {" "}({ $span })
}
part-checkin-of = la entrada{ part-checkin-who }{ part-checkin-at }
checkin = Entrada{ part-checkin-who }{ part-checkin-at }{ part-checkin-when }{ part-checkin-how }
checkin-automatic = salida automática
checkin-in = Entrada{ part-checkin-who }{ part-checkin-at }{ part-checkin-how }
checkin-out = { $who ->
    [0] Salida
   *[other] { $who } ha salido
}{ $where ->
    [0] {""}
   *[other] {" "}de { $where }
}{ part-checkin-how }{ changed-also }
checkin-refused = Entrada denegada{ $who ->
    [0] {""}
   *[other] {" "}a { $who }
}{ part-checkin-at }{ part-checkin-how }{ $reason ->
    [0] {""}
   *[other] : { $reason }
}
checkin-updated = Modificada { part-checkin-of }
checkin-deleted = Eliminada { part-checkin-of }{ part-checkin-when }
checkin-reopened = { $who ->
    [0] Anulada la salida{ $where ->
        [0] {""}
       *[other] {" "}de { $where }
    }
   *[other] { $who } sigue { $where ->
        [0] dentro
       *[other] en { $where }
    } (salida anulada)
}{ changed-also }
checkin-corrected = Corregida { part-checkin-of }: antes { $old }, ahora { $new }{ changed-also }
checkin-changed = Modificada { part-checkin-of }{ part-checkin-when }: { changed-list }
checkin-saved = Guardada sin cambios { part-checkin-of }{ part-checkin-when }

access-updated = Permisos de acceso{ $who ->
    [0] {""}
   *[other] {" "}de { $who }
} actualizados{ part-checkin-at }
access-changed = { access-updated }: { changed-list }

field-AutoCheckout = la salida automática
field-CheckinAttemptTime = la hora del intento
field-CountsTowardsPlanLimits = si cuenta para el plan
field-LastActivity = la última actividad
field-MacAddresses = los dispositivos
field-TariffAtTheTimeOfCheckin = el plan de entonces
field-TeamsAtTheTimeOfCheckin = el equipo de entonces

## Visitas

approval-requested = pedida
approval-refused = rechazada
approval-held = aceptada, debe esperar en recepción
approval-granted = aceptada, puede entrar
announced-by-team = el equipo del local
announced-by-kiosk = el quiosco
announced-by-customer = un cliente

part-visitor-who = { $who ->
    [0] una visita
   *[other] { $who }
}
part-visitor-host = { $host ->
    [0] {""}
   *[other] {" "}a { $host }
}
part-visitor-visit = la visita{ $who ->
    [0] {""}
   *[other] {" "}de { $who }
}
part-visitor-whom = { $host ->
    [0] {""}
   *[other] {" "}para ver a { $host }
}
part-visitor-when = { $time ->
    [0] {""}
   *[other] {" "}({ $time })
}
part-visitor-on-tour = { $tour ->
    [0] {""}
   *[other] {" "}{ $tour }
}
part-visitor-to = { part-visitor-visit }{ $host ->
    [0] {""}
   *[other] {" "}a { $host }
}
visitor-tour = para una visita guiada
visitor-waits-for-approval = a la espera de aprobación
visitor-is-held = debe esperar en recepción
visitor-expected = Se espera { $who ->
    [0] una visita
   *[other] a { $who }
}{ $time ->
    [0] {""}
   *[other] {" "}{ $time }
}{ part-visitor-whom }{ part-visitor-on-tour }{ $approval ->
    [0] {""}
   *[other] {" "}({ $approval })
}
visitor-arrived = Ha llegado { part-visitor-who }{ part-visitor-whom }{ part-visitor-on-tour }{ changed-also }
visitor-left = Se ha ido { part-visitor-who }{ $host ->
    [0] {""}
   *[other] {" "}(visita de { $host })
}{ changed-also }
visitor-host-told = Aviso enviado{ part-visitor-host } sobre { part-visitor-visit }{ changed-also }
visitor-deleted = Eliminada { part-visitor-to }{ part-visitor-when }
visitor-approval-requested = Se ha pedido aprobación{ part-visitor-host } para { part-visitor-visit }{ part-visitor-when }{ changed-also }
visitor-approved = { $host ->
    [0] Aprobada { part-visitor-visit }
   *[other] { $host } ha aprobado { part-visitor-visit }
}{ part-visitor-when }{ changed-also }
visitor-held = { $host ->
    [0] Aprobada { part-visitor-visit }
   *[other] { $host } ha aprobado { part-visitor-visit }
}{ part-visitor-when }, pero debe esperar en recepción{ changed-also }
visitor-refused = { $host ->
    [0] Rechazada { part-visitor-visit }
   *[other] { $host } ha rechazado { part-visitor-visit }
}{ part-visitor-when }{ changed-also }
visitor-moved = Cambia la hora de { part-visitor-to }: antes { $old }, ahora { $new }{ changed-also }
visitor-other-host = { $host ->
    [0] Ya no es para { $from } { part-visitor-visit }
   *[other] Cambia el anfitrión de { part-visitor-visit }: antes { $from }, ahora { $host }
}{ changed-also }
visitor-changed = Modificada { part-visitor-to }{ part-visitor-when }: { changed-list }
visitor-saved = Guardada sin cambios { part-visitor-to }{ part-visitor-when }

field-ArrivalDate = la llegada
field-Arrived = la llegada
field-CustomerNotes = las notas del anfitrión
field-DepartureDate = la salida
field-ExpectedArrival = la hora prevista
field-HasAgreedTerms = las condiciones
field-HostApprovalStatus = la aprobación del anfitrión
field-Internal = si es interna
field-Notified = el aviso
field-PhoneNumber = el teléfono
field-TourConfirmed = la confirmación de la visita guiada
field-VisitReason = el motivo
field-VisitorCode = el código de visita
field-VisitorSource = quién la anunció

## Clientes

customer-is-archived = en el archivo
customer-is-not-active = sin actividad
customer-has-due-invoices = con facturas pendientes

part-customer-who = { $who ->
    [0] un cliente
   *[other] { $who }
}
part-customer-lead = { $who ->
    [0] Un cliente
   *[other] { $who }
}
part-customer-name = Cliente{ $who ->
    [0] {""}
   *[other] {" "}{ $who }
}
part-customer-company = { $company ->
    [0] {""}
   *[other] {" "}({ $company })
}
part-customer-cancellation = la baja de { part-customer-who }
customer = { part-customer-name }{ part-customer-company }{ part-checkin-at }
customer-created = Alta de cliente{ part-checkin-at }{ $who ->
    [0] {""}
   *[other] : { $who }
}{ part-customer-company }{ $what ->
    [0] {""}
   *[other] , plan { $what }
}
customer-updated = Actualizada la ficha de { part-customer-who }{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
customer-welcomed = Correo de bienvenida enviado a { part-customer-who }
customer-deleted = Eliminada la ficha de { part-customer-who }{ part-checkin-at }
customer-in = Entrada de { part-customer-who }
customer-out = Salida de { part-customer-who }
customer-refused = Entrada denegada a { part-customer-who }
customer-activated = Activada la cuenta de { part-customer-who }{ changed-also }
customer-suspended = Suspendida la cuenta de { part-customer-who }{ changed-also }
customer-archived = Archivada la ficha de { part-customer-who }{ changed-also }
customer-unarchived = Recuperada del archivo la ficha de { part-customer-who }{ changed-also }
customer-cancels = Fijada { part-customer-cancellation }: { $date }{ changed-also }
customer-cancels-otherwise = Cambia { part-customer-cancellation }: antes { $old }, ahora { $date }{ changed-also }
customer-stays = Anulada { part-customer-cancellation }{ changed-also }
customer-other-plan = Cambia el plan de { part-customer-who }: antes { $from }, ahora { $what ->
    [0] otro
   *[other] { $what }
}{ changed-also }
customer-has-plan = { part-customer-lead } ahora tiene { $what ->
    [0] un plan
   *[other] el plan { $what }
}{ changed-also }
customer-left-plan = { part-customer-lead } ya no tiene { $from ->
    [0] plan
   *[other] el plan { $from }
}{ changed-also }
customer-next-plan = Próximo plan de { part-customer-who }: { $next }{ $date ->
    [0] {""}
   *[other] {" "}({ $date })
}{ changed-also }
customer-other-team = Cambia el equipo de { part-customer-who }: antes { $from }, ahora { $to }{ changed-also }
customer-joined-team = { part-customer-lead } entra en { $to ->
    [0] un equipo
   *[other] el equipo { $to }
}{ changed-also }
customer-left-team = { part-customer-lead } deja { $from ->
    [0] un equipo
   *[other] el equipo { $from }
}{ changed-also }
customer-other-place = Cambia el local de { part-customer-who }: { $from ->
    [0] ahora { $to }
   *[other] antes { $from }, ahora { $to }
}{ changed-also }
customer-renamed = Cambia el nombre de { part-customer-who }: antes { $from }{ changed-also }
customer-owes = { part-customer-lead } tiene facturas pendientes{ changed-also }
customer-owes-nothing = { part-customer-lead } ya no tiene facturas pendientes{ changed-also }
customer-changed = Actualizada la ficha de { part-customer-who }: { changed-list }
customer-saved = Guardada sin cambios la ficha de { part-customer-who }

field-AccessCardId = la tarjeta de acceso
field-AccessPincode = el PIN de acceso
field-Address = la dirección
field-AlertNote = el aviso interno
field-AllowNetworkCheckin = la entrada por la red
field-AvatarFileName = la foto
field-BankAccount = los datos bancarios
field-BankBranch = los datos bancarios
field-BankName = los datos bancarios
field-BillingAddress = la dirección de facturación
field-BillingCityName = la ciudad de facturación
field-BillingDay = el día de facturación
field-BillingEmail = el correo de facturación
field-BillingName = el nombre de facturación
field-BillingPostCode = el código postal de facturación
field-BusinessArea = el sector
field-BusinessNames = los locales
field-Businesses = los locales
field-CanAccessCommunity = el acceso a la comunidad
field-CanMakeBookings = el permiso para reservar
field-CanPurchaseEvents = el permiso para comprar entradas
field-CanPurchaseProducts = el permiso para comprar productos
field-CancellationDate = la fecha de baja
field-CardNumber = la tarjeta de pago
field-CityName = la ciudad
field-CoworkerContractIds = los contratos
field-CoworkerType = el tipo de cliente
field-DateOfBirth = la fecha de nacimiento
field-Desks = los puestos
field-FullName = el nombre
field-Gender = el género
field-GeneralTermsAccepted = las condiciones
field-HasDueInvoices = las facturas pendientes
field-InvoicingBusinessName = el local
field-KeyFobNumber = el llavero de acceso
field-LandLine = el teléfono fijo
field-MobilePhone = el teléfono
field-NextAutoInvoice = la próxima factura
field-NextTariffName = el próximo plan
field-NickName = el apodo
field-NotifyOnDelivery = los avisos de envíos
field-Password = la contraseña
field-Position = el cargo
field-PostCode = el código postal
field-ProfileIsPublic = la visibilidad del perfil
field-ProfileSummary = el perfil
field-ProfileTags = las etiquetas del perfil
field-ProfileWebsite = la página web
field-RecurrentProductsNames = los productos recurrentes
field-ReferenceNumber = la referencia
field-RegistrationDate = la fecha de alta
field-RegularPaymentProvider = la forma de pago
field-RenewalDate = la fecha de renovación
field-Salutation = el saludo
field-ShowAlert = el aviso interno
field-StartDate = la fecha de inicio
field-TaxIDNumber = el número fiscal
field-TaxRate = el tipo de impuesto
field-UserActive = la cuenta de usuario

## Envíos

delivery-mail = correo
delivery-parcel = un paquete
delivery-cheque = un cheque
delivery-publicity = publicidad
kind-mail = correo
kind-parcel = paquete
kind-cheque = cheque
kind-publicity = publicidad
handling-store = guardar para recoger
handling-forward = reenviar
handling-scan-forward = abrir, escanear y reenviar
handling-scan-recycle = abrir, escanear y reciclar
handling-scan-shred = abrir, escanear y destruir
handling-scan-store = abrir, escanear y guardar para recoger
handling-recycle = reciclar
handling-return = devolver al remitente
handling-shred = destruir
handling-deposit = ingresar el cheque

part-delivery-item = { $what ->
    [0] { $kind ->
        [0] {""}
       *[other] : { $kind }
    }
   *[other] : { $what }
}
part-delivery-for = Envío{ $who ->
    [0] {""}
   *[other] {" "}para { $who }
}
part-delivery-shelf = { $shelf ->
    [0] {""}
   *[other] {" "}({ $shelf })
}
delivery = { part-delivery-for }{ part-delivery-item }{ part-delivery-shelf }
delivery-arrived = Ha llegado { $what ->
    [0] { $kind ->
        [0] un envío
       *[other] { $kind }
    }
   *[other] { $what }
}{ $who ->
    [0] {""}
   *[other] {" "}para { $who }
}{ part-delivery-shelf }
delivery-assigned = Envío asignado{ $who ->
    [0] {""}
   *[other] {" "}a { $who }
}{ part-delivery-item }{ part-delivery-shelf }{ changed-also }
delivery-reassigned = Envío asignado a { $who ->
    [0] otro cliente
   *[other] { $who }
} en vez de a { $from }{ part-delivery-item }{ changed-also }
delivery-unassigned = Envío sin asignar{ $from ->
    [0] {""}
   *[other] , antes a { $from }
}{ part-delivery-item }{ changed-also }
delivery-collected = { part-delivery-for } recogido{ part-delivery-item }{ changed-also }
delivery-signed = { part-delivery-for } recogido con firma{ part-delivery-item }{ changed-also }
delivery-forwarded = { part-delivery-for } reenviado{ part-delivery-item }{ changed-also }
delivery-returned = { part-delivery-for } devuelto al remitente{ part-delivery-item }{ changed-also }
delivery-deposited = { part-delivery-for } ingresado en el banco{ part-delivery-item }{ changed-also }
delivery-shredded = { part-delivery-for } destruido{ part-delivery-item }{ changed-also }
delivery-recycled = { part-delivery-for } reciclado{ part-delivery-item }{ changed-also }
delivery-scanned = { part-delivery-for } abierto y escaneado{ part-delivery-item }{ changed-also }
delivery-notified = Aviso enviado{ $who ->
    [0] {""}
   *[other] {" "}a { $who }
} sobre { $what ->
    [0] un envío
   *[other] el envío { $what }
}{ part-delivery-shelf }{ changed-also }
delivery-moved = { part-delivery-for } cambiado de sitio{ part-delivery-item }, antes { $from }, ahora { $shelf }{ changed-also }
delivery-changed = { part-delivery-for } modificado{ part-delivery-item } ({ changed-list })
delivery-saved = { part-delivery-for } guardado sin cambios{ part-delivery-item }

field-Billed = el cobro del servicio
field-CheckDeposited = el ingreso del cheque
field-CheckDepositedOn = el ingreso del cheque
field-Collected = la recogida
field-CollectedOn = la recogida
field-ContractContactFullName = el contacto
field-DeliveryType = el tipo de envío
field-Forwarded = el reenvío
field-ForwardedOn = el reenvío
field-HandlingPreference = qué hacer con el envío
field-Location = el sitio
field-Processed = la tramitación
field-ReceivedBy = quién lo recibió
field-Recycled = el reciclaje
field-RecycledOn = el reciclaje
field-RequiresSignature = la necesidad de firma
field-ReturnedToSender = la devolución
field-ReturnedToSenderOn = la devolución
field-Scanned = el escaneo
field-ScannedOn = el escaneo
field-Shredded = la destrucción
field-ShreddedOn = la destrucción
field-SignatureFileName = la firma
field-Signed = la firma
field-StoredForCollection = el almacenaje
field-StoredForCollectionOn = el almacenaje

## Contratos y planes

part-contract-of = { $who ->
    [0] { $what ->
        [0] Un contrato
       *[other] Un contrato con el plan { $what }
    }
   *[other] { $what ->
        [0] Contrato de { $who }
       *[other] Contrato de { $who } con el plan { $what }
    }
}
part-the-contract = { $who ->
    [0] { $what ->
        [0] un contrato
       *[other] un contrato con el plan { $what }
    }
   *[other] { $what ->
        [0] el contrato de { $who }
       *[other] el contrato de { $who } con el plan { $what }
    }
}
part-of-the-contract = { $who ->
    [0] { $what ->
        [0] de un contrato
       *[other] de un contrato con el plan { $what }
    }
   *[other] { $what ->
        [0] del contrato de { $who }
       *[other] del contrato de { $who } con el plan { $what }
    }
}
part-contract-alone = { $who ->
    [0] un contrato
   *[other] el contrato de { $who }
}

contract-activated = Se ha activado { part-the-contract }{ part-tail-sum }{ changed-also }
contract-first = Se ha activado el primer contrato{ part-tail-of-who }{ part-tail-on-plan }{ part-tail-sum }
contract-cancelled = Se ha cancelado { part-the-contract }{ $day ->
    [0] {""}
   *[other] {" "}(fin: { $day })
}{ changed-also }
contract-renewed = Se ha renovado { part-the-contract }{ $day ->
    [0] {""}
   *[other] {" "}hasta { $day }
}{ part-tail-sum }
contract-changes-plan = Cambio de plan en { part-contract-alone }: { $what ->
    [0] {""}
   *[other] de { $what }{" "}
}a { $next }{ $day ->
    [0] {""}
   *[other] {" "}(desde { $day })
}{ changed-also }
contract-regraded = Cambio de plan en { part-the-contract }{ part-tail-sum }
contract-changed = Se ha modificado { part-the-contract }{ part-tail-sum }
contract-created = Nuevo contrato{ part-tail-of-who }{ part-tail-on-plan }{ $day ->
    [0] {""}
   *[other] {" "}(inicio: { $day })
}{ part-tail-sum }
contract-deleted = Se ha eliminado { part-the-contract }
contract = { part-contract-of }{ part-tail-sum }

contract-price = El precio { part-of-the-contract } ha pasado{ part-tail-from } a { $after }{ changed-also }
contract-upgraded = Cambio a un plan superior en { part-contract-alone }:{ part-tail-from-old } a { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-downgraded = Cambio a un plan inferior en { part-contract-alone }:{ part-tail-from-old } a { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-replanned = Cambio de plan en { part-contract-alone }:{ part-tail-from-old } a { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-cancel-set = Se ha fijado la cancelación { part-of-the-contract } para { $after }{ changed-also }
contract-cancel-moved = La cancelación { part-of-the-contract } ha pasado{ part-tail-from } a { $after }{ changed-also }
contract-cancel-withdrawn = Se ha retirado la cancelación { part-of-the-contract }{ changed-also }
contract-next-withdrawn = Se ha retirado el cambio previsto { part-of-the-contract } a { $next }{ changed-also }
contract-renewal-moved = La renovación { part-of-the-contract } ha pasado{ part-tail-from } a { $after }{ changed-also }
contract-term-moved = El plazo { part-of-the-contract } llega ahora hasta { $after }{ part-tail-instead }{ changed-also }
contract-start-moved = El inicio { part-of-the-contract } ha pasado{ part-tail-from } a { $after }{ changed-also }
contract-ended = Ha terminado { part-the-contract }{ changed-also }
contract-paused = Se ha pausado { part-the-contract }{ $from ->
    [0] {""}
   *[other] {" "}desde { $from }
}{ $until ->
    [0] {""}
   *[other] {" "}hasta { $until }
}{ changed-also }
contract-resumed = Ya no está en pausa { part-the-contract }{ changed-also }
contract-desk-moved = Cambio de puesto en { part-the-contract }: de { $old } a { $new }{ changed-also }
contract-desk-given = Nuevo puesto en { part-the-contract }: { $new }{ changed-also }
contract-desk-taken = Puesto retirado { part-of-the-contract }: { $old }{ changed-also }
contract-fields = Se ha modificado { part-the-contract }: { changed-list }
contract-saved = Se ha guardado sin cambios { part-the-contract }

part-a-plan = { $what ->
    [0] otro plan
   *[other] { $what }
}
part-tail-on-plan = { $what ->
    [0] {""}
   *[other] {" "}con el plan { $what }
}
part-tail-from-old = { $old ->
    [0] {""}
   *[other] {" "}de { $old }
}
part-from-sum-to-sum = { $before ->
    [0] {""}
   *[other] { $after ->
        [0] {""}
       *[other] {" "}({ $before } → { $after })
    }
}

field-CancellationLimitDays = el preaviso
field-CancellationNotes = el motivo de la cancelación
field-CancellationReason = el motivo de la cancelación
field-Cancelled = la cancelación
field-ContractTerm = el plazo
field-DeliveryInstructions = las instrucciones para envíos
field-FloorPlanDeskNames = los puestos
field-InvoicedPeriod = el periodo facturado
field-MainContract = si es el contrato principal
field-PricePlanTermsAccepted = las condiciones
field-Quantity = la cantidad
field-Value = el valor

## Facturación

part-invoice-word = { $note ->
    [1] nota de crédito
    [2] factura en borrador
   *[other] factura
}
part-invoice-of = { $what ->
    [0] { $note ->
        [1] Una nota de crédito
        [2] Una factura en borrador
       *[other] Una factura
    }{ part-tail-of-payer }
   *[other] { $note ->
        [1] Nota de crédito
        [2] Factura en borrador
       *[other] Factura
    } { $what }{ part-tail-of-payer }
}
part-the-invoice = { $what ->
    [0] una { part-invoice-word }{ part-tail-of-payer }
   *[other] la { part-invoice-word } { $what }{ part-tail-of-payer }
}
part-tail-of-payer = { $payer ->
    [0] { part-tail-of-who }
   *[other] {" "}de { $payer }
}
part-tail-due = { $due-on ->
    [0] {""}
   *[other] {" "}(vence: { $due-on })
}

invoice-created = Se ha creado { part-the-invoice }{ part-tail-sum }{ part-tail-due }
invoice-first = Se ha creado la primera { part-invoice-word }{ part-tail-of-payer }{ $what ->
    [0] {""}
   *[other] {" "}({ $what })
}{ part-tail-sum }{ part-tail-due }
invoice-deleted = Se ha eliminado { part-the-invoice }{ part-tail-sum }
invoice-changed = Se ha modificado { part-the-invoice }{ part-tail-sum }
invoice-refunded = Se ha reembolsado { part-the-invoice }{ part-tail-sum }{ changed-also }
invoice-voided = Se ha anulado { part-the-invoice }{ part-tail-sum }{ changed-also }
invoice-voided-or-refunded = Se ha anulado o reembolsado { part-the-invoice }{ part-tail-sum }
invoice-paid = Se ha pagado { part-the-invoice }{ part-tail-sum }{ changed-also }
payment-failed = Ha fallado el pago de { part-the-invoice }{ $due ->
    [0] { part-tail-sum }
   *[other] : { $due } pendientes
}
payment-received = Pago recibido de { part-the-invoice }{ $paid ->
    [0] { part-tail-sum }
   *[other] { $due ->
        [0] : { $paid }
       *[other] : { $paid } pagados hasta ahora, { $due } pendientes
    }
}
invoice-awaits = Está pendiente de pago { part-the-invoice }{ part-tail-sum }{ part-tail-due }
invoice = { part-invoice-of }{ part-tail-sum }

invoice-part-paid = Se ha pagado una parte de { part-the-invoice }: { $paid }{ $total ->
    [0] {""}
   *[other] {" "}de { $total }
}{ $due ->
    [0] {""}
   *[other] , { $due } pendientes
}{ changed-also }
invoice-unpaid = Vuelve a estar sin pagar { part-the-invoice }{ part-tail-sum }{ changed-also }
invoice-sent = Se ha enviado { part-the-invoice }{ part-tail-sum }{ part-tail-due }{ changed-also }
invoice-issued = Se ha emitido { part-the-invoice }{ part-tail-sum }{ part-tail-due }{ changed-also }
invoice-due-moved = El vencimiento de { part-the-invoice } ha pasado{ part-tail-from } a { $after }{ changed-also }
invoice-amount = El importe de { part-the-invoice } ha pasado{ part-tail-from } a { $after }{ changed-also }
invoice-credited = Se ha aplicado un abono a { part-the-invoice }: { $credit }{ changed-also }
invoice-attempted = Se ha intentado cobrar { part-the-invoice }{ $due ->
    [0] {""}
   *[other] : { $due } pendientes
}{ changed-also }
invoice-fields = Se ha modificado { part-the-invoice }: { changed-list }
invoice-saved = Se ha guardado sin cambios { part-the-invoice }

part-ledger-sum = { $credit ->
    [0] { $debit ->
        [0] {""}
       *[other] : { $debit } al debe
    }
   *[other] : { $credit } al haber
}
part-ledger-about = { $about ->
    [0] { $what ->
        [0] {""}
       *[other] {" "}({ $what })
    }
   *[other] {" "}({ $about })
}
ledger-created = Nuevo apunte contable{ part-tail-of-who }{ part-ledger-sum }{ part-ledger-about }
ledger-changed = Se ha modificado un apunte contable{ part-tail-of-who }{ part-ledger-sum }{ part-ledger-about }
ledger-deleted = Se ha eliminado un apunte contable{ part-tail-of-who }{ part-ledger-sum }{ part-ledger-about }
ledger = Apunte contable{ part-tail-of-who }{ part-ledger-sum }{ part-ledger-about }
ledger-amount = El importe de un apunte contable{ part-tail-of-who } ha pasado{ part-tail-from } a { $after }{ part-ledger-about }{ changed-also }
ledger-invoice = Se ha asignado un apunte contable{ part-tail-of-who } a la factura { $new }{ part-ledger-sum }{ changed-also }
ledger-fields = Se ha modificado un apunte contable{ part-tail-of-who }: { changed-list }{ part-ledger-about }
ledger-saved = Se ha guardado sin cambios un apunte contable{ part-tail-of-who }{ part-ledger-about }

part-product-of = { $what ->
    [0] un producto
   *[other] { $count ->
        [0] { $what }
        [one] { $what }
       *[other] { $count } × { $what }
    }
}{ part-tail-for-who }
product-added = Se ha añadido { part-product-of }{ part-tail-sum }
product-changed = Se ha modificado { part-product-of }{ part-tail-sum }
product-removed = Se ha retirado { part-product-of }{ part-tail-sum }
product = Producto: { part-product-of }{ part-tail-sum }
product-invoiced = Se ha facturado { part-product-of }{ $number ->
    [0] {""}
   *[other] {" "}en { $number }
}{ part-tail-sum }{ changed-also }
product-paid = Se ha pagado { part-product-of }{ part-tail-sum }{ changed-also }
product-price = El precio de { $what ->
    [0] un producto
   *[other] { $what }
}{ part-tail-for-who } ha pasado{ part-tail-from } a { $after }{ changed-also }
product-quantity = La cantidad de { $what ->
    [0] un producto
   *[other] { $what }
}{ part-tail-for-who } ha pasado{ part-tail-from } a { $after }{ changed-also }
product-ends = Se cobrará { part-product-of } hasta { $after }{ part-tail-instead }{ changed-also }
product-fields = Se ha modificado { part-product-of }: { changed-list }
product-saved = Se ha guardado sin cambios { part-product-of }

payment-method-added = Se ha añadido un método de pago{ part-tail-of-who }{ part-tail-at-where }{ part-tail-provider }
payment-method-removed = Se ha eliminado un método de pago{ part-tail-of-who }{ part-tail-at-where }{ part-tail-provider }
payment-method-changed = Se ha modificado un método de pago{ part-tail-of-who }{ part-tail-at-where }{ part-tail-provider }
payment-method = Método de pago{ part-tail-of-who }{ part-tail-at-where }{ part-tail-provider }
payment-method-provider = Un método de pago{ part-tail-of-who } ha pasado{ part-tail-from } a { $after }{ changed-also }
payment-method-card = Un método de pago{ part-tail-of-who } tiene una tarjeta nueva{ part-tail-provider }{ changed-also }
payment-method-fields = Se ha modificado un método de pago{ part-tail-of-who }: { changed-list }
payment-method-saved = Se ha guardado sin cambios un método de pago{ part-tail-of-who }
part-tail-provider = { $provider ->
    [0] {""}
   *[other] {" "}({ $provider })
}
provider-stripe = Stripe
provider-stripe-ach = Stripe ACH
provider-gocardless = GoCardless
provider-stripe-bacs = Stripe BACS
provider-credit-note = nota de crédito
provider-transfer = transferencia bancaria
provider-cash = efectivo
provider-cheque = cheque

field-BillToAddress = la dirección de facturación
field-BillToName = el nombre de facturación
field-Credit = el haber
field-CreditedAmount = el importe abonado
field-Debit = el debe
field-DueDate = el vencimiento
field-InvoiceFromDate = el periodo facturado
field-InvoiceLines = las líneas
field-InvoiceNumber = el número
field-InvoiceOn = cuándo se factura
field-InvoiceToDate = el periodo facturado
field-LastPaymentAttempt = el último intento de cobro
field-MandateId = el mandato
field-MethodId = la forma de pago
field-PaidAmount = el importe pagado
field-PaidOn = el pago
field-PaymentReference = la referencia de pago
field-RegularCharge = si se repite
field-RepeatCycle = la repetición
field-RepeatUnit = la repetición
field-SaleDate = la fecha de venta
field-Sent = el envío
field-SentOn = el envío
field-TaxAmount = el impuesto
field-TotalAmount = el importe
field-TransactionDate = la fecha

## Propuestas y equipos

part-proposal-of = { $reference ->
    [0] Una propuesta{ part-tail-for-who }
   *[other] Propuesta { $reference }{ part-tail-for-who }
}
part-the-proposal = { $reference ->
    [0] una propuesta{ part-tail-for-who }
   *[other] la propuesta { $reference }{ part-tail-for-who }
}
part-tail-plan-sum = { $what ->
    [0] { part-tail-sum }
   *[other] : { $what }{ $sum ->
        [0] {""}
       *[other] , { $sum }
    }
}
proposal-created = Se ha creado { part-the-proposal }{ part-tail-plan-sum }
proposal-changed = Se ha modificado { part-the-proposal }{ part-tail-plan-sum }{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
proposal-deleted = Se ha eliminado { part-the-proposal }{ part-tail-plan-sum }
proposal = { part-proposal-of }{ part-tail-plan-sum }
proposal-sent = Se ha enviado { part-the-proposal }{ part-tail-plan-sum }{ changed-also }
proposal-accepted = Se ha aceptado { part-the-proposal }{ part-tail-plan-sum }{ changed-also }
proposal-rejected = Se ha rechazado { part-the-proposal }{ part-tail-plan-sum }{ changed-also }
proposal-drafted = Vuelve a ser un borrador { part-the-proposal }{ part-tail-plan-sum }{ changed-also }
proposal-opened = El cliente ha abierto { part-the-proposal }{ changed-also }
proposal-price = El precio de { part-the-proposal } ha pasado{ part-tail-from } a { $after }{ changed-also }
proposal-plan = Cambio de plan en { part-the-proposal }:{ part-tail-from-old } a { part-a-plan }{ part-tail-sum }{ changed-also }
proposal-start = El inicio de { part-the-proposal } ha pasado{ part-tail-from } a { $after }{ changed-also }
proposal-expiry = Nuevo vencimiento de { part-the-proposal }: { $after }{ part-tail-instead }{ changed-also }
proposal-fields = Se ha modificado { part-the-proposal }: { changed-list }
proposal-saved = Se ha guardado sin cambios { part-the-proposal }
proposal-state-draft = borrador
proposal-state-sent = enviada
proposal-state-accepted = aceptada
proposal-state-rejected = rechazada

part-team-of = { $what ->
    [0] un equipo
   *[other] el equipo { $what }
}
part-the-team = { $what ->
    [0] un equipo
   *[other] el equipo { $what }
}
part-tail-members = { $members ->
    [0] {""}
    [one] : un miembro
   *[other] : { $members } miembros
}
team-created = Se ha creado { part-team-of }{ part-tail-at-where }{ part-tail-members }
team-changed = Se ha modificado { part-team-of }{ part-tail-at-where }
team-deleted = Se ha eliminado { part-team-of }{ part-tail-at-where }
team = Equipo{ $what ->
    [0] {""}
   *[other] {" "}{ $what }
}{ part-tail-at-where }{ part-tail-members }
part-team-came = { $came1 ->
    [0] { $came ->
        [one] un miembro
       *[other] { $came } miembros
    }
   *[other] { $came2 ->
        [0] { $came-more ->
            [0] { $came1 }
           *[other] { $came1 } y { $came-more } más
        }
       *[other] { $came-more ->
            [0] { $came1 }, { $came2 }
           *[other] { $came1 }, { $came2 } y { $came-more } más
        }
    }
}
part-team-went = { $went1 ->
    [0] { $went ->
        [one] un miembro
       *[other] { $went } miembros
    }
   *[other] { $went2 ->
        [0] { $went-more ->
            [0] { $went1 }
           *[other] { $went1 } y { $went-more } más
        }
       *[other] { $went-more ->
            [0] { $went1 }, { $went2 }
           *[other] { $went1 }, { $went2 } y { $went-more } más
        }
    }
}
team-joined = Altas en { part-the-team }: { part-team-came }{ changed-also }
team-left = Bajas en { part-the-team }: { part-team-went }{ changed-also }
team-joined-and-left = Cambios en { part-the-team }: altas, { part-team-came }; bajas, { part-team-went }{ changed-also }
team-payer = { $who ->
    [0] Otra persona
   *[other] { $who }
} paga ahora por { part-the-team }{ $old ->
    [0] {""}
   *[other] {" "}en lugar de { $old }
}{ changed-also }
team-no-payer = Ya nadie paga por { part-the-team }{ changed-also }
team-renamed = El equipo { $old } se llama ahora { $new }{ changed-also }
team-fields = Se ha modificado { part-the-team }: { changed-list }
team-saved = Se ha guardado sin cambios { part-the-team }

field-CancellationLimit = el preaviso
field-CoworkerFullNames = los miembros
field-CoworkerIds = los miembros
field-CreateSingleInvoiceForTeam = la factura única del equipo
field-CustomerLastOpenedDate = la apertura por el cliente
field-ExpirationDate = la caducidad
field-MaxTeamMemberCount = el máximo de miembros
field-PayingMemberFullName = el miembro que paga
field-ProposalStatus = el estado
field-Reference = la referencia
field-ResponsibleFullName = el responsable
field-TeamAdministrators = los administradores
field-TeamMembers = los miembros

## Soporte y mensajes

help-desk-asked = { $who ->
    [0] Alguien
   *[other] { $who }
} ha escrito a soporte{ part-tail-department }{ part-tail-text }
help-desk-message = Mensaje de soporte{ part-tail-of-who }{ part-tail-department }{ part-tail-text }
help-desk-closed = Se ha cerrado un mensaje de soporte{ part-tail-of-who }{ part-tail-text }{ changed-also }
help-desk-reopened = Se ha reabierto un mensaje de soporte{ part-tail-of-who }{ part-tail-text }{ changed-also }
help-desk-assigned = Se ha asignado a { $new } un mensaje de soporte{ part-tail-of-who }{ part-tail-text }{ changed-also }
help-desk-fields = Se ha modificado un mensaje de soporte{ part-tail-of-who }: { changed-list }{ part-tail-quoted }
help-desk-saved = Se ha guardado sin cambios un mensaje de soporte{ part-tail-of-who }{ part-tail-quoted }
part-tail-quoted = { $text ->
    [0] {""}
   *[other] {" "}(«{ $text }»)
}
help-desk-reply = Respuesta de soporte{ part-tail-by-who }{ part-tail-text }
help-desk-note = Nota interna de soporte{ part-tail-by-who }{ part-tail-text }
message-to = Mensaje a { $who ->
    [0] un cliente
   *[other] { $who }
}{ part-tail-text }
message-from = Mensaje de { $who ->
    [0] un cliente
   *[other] { $who }
}{ part-tail-text }
part-tail-department = { $department ->
    [0] {""}
   *[other] {" "}({ $department })
}

field-Closed = el cierre
field-HelpDeskDepartmentName = el departamento
field-MessageText = el texto
field-OwnerFullName = la persona encargada
field-Priority = la prioridad
field-Subject = el asunto

## Eventos

part-event-of = { $what ->
    [0] un evento
   *[other] el evento «{ $what }»
}
part-event-what-when = { $what ->
    [0] { part-tail-when }
   *[other] : { $what }{ $when ->
        [0] {""}
       *[other] , { $when }
    }{ part-tail-place }
}
part-tail-when = { $when ->
    [0] {""}
   *[other] : { $when }
}{ part-tail-place }
part-tail-place = { $place ->
    [0] {""}
   *[other] {" "}({ $place })
}
event-created = Nuevo evento{ part-event-what-when }
event-changed = Se ha modificado { part-event-of }{ part-tail-when }
event-deleted = Se ha eliminado { part-event-of }{ part-tail-when }
event = Evento{ part-event-what-when }
event-moved = Se ha cambiado la fecha { part-of-the-event }:{ part-tail-from-old } a { $new }{ changed-also }
event-renamed = El evento «{ $old }» se llama ahora «{ $new }»{ changed-also }
event-place = Se ha cambiado el lugar { part-of-the-event }:{ part-tail-from } a { $after }{ changed-also }
part-of-the-event = { $what ->
    [0] de un evento
   *[other] del evento «{ $what }»
}
event-capacity = El aforo { part-of-the-event } es ahora { $after }{ part-tail-instead }{ changed-also }
event-fields = Se ha modificado { part-event-of }: { changed-list }
event-saved = Se ha guardado sin cambios { part-event-of }

part-an-event = { $what ->
    [0] un evento
   *[other] { $what }
}
part-somebody = { $who ->
    [0] Alguien
   *[other] { $who }
}
part-tail-for-event = { $what ->
    [0] {""}
   *[other] {" "}en { $what }
}
attendee-in = { part-somebody } se ha inscrito en { part-an-event }{ $ticket ->
    [0] {""}
   *[other] {" "}({ $ticket })
}{ part-tail-sum }
attendee-out = { part-somebody } ya no asiste a { part-an-event }
attendee-changed = Se ha modificado { $who ->
    [0] una inscripción
   *[other] la inscripción de { $who }
}{ part-tail-for-event }{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
attendee = { $who ->
    [0] Una inscripción
   *[other] Inscripción de { $who }
}{ part-tail-for-event }
attendee-checked-in = { part-somebody } ha llegado a { part-an-event }{ changed-also }
attendee-check-in-undone = Se ha anulado la llegada{ part-tail-of-who } a { part-an-event }{ changed-also }
attendee-paid = { part-somebody } ha pagado { $what ->
    [0] un evento
   *[other] { $what }
}{ part-tail-sum }{ changed-also }
attendee-ticket = { part-somebody } ha cambiado{ part-tail-from } a { $after } en { part-an-event }{ changed-also }
attendee-fields = Se ha modificado { $who ->
    [0] una inscripción
   *[other] la inscripción de { $who }
}{ part-tail-for-event }: { changed-list }
attendee-saved = Se ha guardado sin cambios { $who ->
    [0] una inscripción
   *[other] la inscripción de { $who }
}{ part-tail-for-event }
attendee-state-in = ya ha llegado

field-Allocation = el número de plazas
field-CalendarEventName = el evento
field-CheckedIn = la llegada
field-CheckedInDate = la llegada
field-EndDate = el final
field-EventProductName = la entrada
field-HostFullName = el anfitrión
field-LongDescription = la descripción
field-PublishDate = la publicación
field-ShortDescription = la descripción breve
field-TicketNotes = las notas de las entradas
field-VenueAddress = la dirección

## Comunidad, contenido y boletín

subscriber-new = Nuevo suscriptor del boletín{ $who ->
    [0] {""}
   *[other] : { $who }
}
subscriber-subscribed = { part-somebody } se ha suscrito al boletín{ changed-also }
subscriber-unsubscribed = { part-somebody } se ha dado de baja del boletín{ changed-also }
subscriber-removed = { part-somebody } ya no está en { $groups ->
    [0] un grupo del boletín
    [one] un grupo del boletín
   *[other] { $groups } grupos del boletín
}
subscriber = Suscriptor del boletín{ $who ->
    [0] {""}
   *[other] : { $who }
}
subscriber-fields = Se ha modificado el suscriptor del boletín{ $who ->
    [0] {""}
   *[other] {" "}{ $who }
}: { changed-list }
subscriber-saved = Se ha guardado sin cambios el suscriptor del boletín{ $who ->
    [0] {""}
   *[other] {" "}{ $who }
}
part-thread-word = { $private ->
    [1] tema privado
   *[other] tema
}
thread-new = { $who ->
    [0] Nuevo { part-thread-word } en la comunidad
   *[other] { $who } ha abierto un { part-thread-word } en la comunidad
}{ part-tail-text }
thread = Tema de la comunidad{ part-tail-by-who }{ part-tail-text }
reply-new = { $who ->
    [0] Nueva respuesta en la comunidad
   *[other] { $who } ha respondido en la comunidad
}{ part-tail-text }
reply = Respuesta en la comunidad{ part-tail-by-who }{ part-tail-text }
part-article-of = { $title ->
    [0] un artículo{ part-tail-by-who }
   *[other] el artículo «{ $title }»{ part-tail-by-who }
}
article-new = Nuevo artículo{ part-tail-by-who }{ $title ->
    [0] {""}
   *[other] : { $title }
}
article-changed = Se ha modificado { part-article-of }
article-deleted = Se ha eliminado { part-article-of }
article = Artículo{ part-tail-by-who }{ $title ->
    [0] {""}
   *[other] : { $title }
}
article-renamed = El artículo «{ $old }»{ part-tail-by-who } se titula ahora «{ $title }»{ changed-also }
article-out-moved = La publicación { part-of-the-article } ha pasado{ part-tail-from } a { $after }{ changed-also }
article-out = La publicación { part-of-the-article } se ha fijado para { $after }{ changed-also }
article-in = La publicación { part-of-the-article } termina { $after }{ changed-also }
part-of-the-article = { $title ->
    [0] de un artículo{ part-tail-by-who }
   *[other] del artículo «{ $title }»{ part-tail-by-who }
}
article-fields = Se ha modificado { part-article-of }: { changed-list }
article-saved = Se ha guardado sin cambios { part-article-of }
chat-message = Mensaje de chat{ part-tail-text }

field-BlogCategories = las categorías
field-Body = el texto
field-FullText = el texto
field-Groups = los grupos
field-Language = el idioma
field-Message = el texto
field-PostedByFullName = el autor
field-SummaryText = el resumen
field-Tags = las etiquetas
field-Title = el título
field-UnpublishDate = el fin de la publicación

## Inventario, planos y locales

part-desk-of = { $what ->
    [0] un puesto
   *[other] { $what }
}{ $plan ->
    [0] {""}
   *[other] {" "}en { $plan }
}
desk-created = Se ha añadido { part-desk-of }{ part-tail-kind }
desk-changed = Se ha modificado { part-desk-of }{ part-tail-kind }
desk-deleted = Se ha eliminado { part-desk-of }{ part-tail-kind }
desk = Puesto: { part-desk-of }{ part-tail-kind }
desk-taken = Se ha asignado { part-desk-of } a { $who ->
    [0] alguien
   *[other] { $who }
}{ changed-also }
desk-freed = Vuelve a estar libre { part-desk-of }{ $old ->
    [0] {""}
   *[other] {" "}(antes: { $old })
}{ changed-also }
desk-handed = Se ha traspasado { part-desk-of }{ part-tail-from-old } a { $who ->
    [0] otra persona
   *[other] { $who }
}{ changed-also }
desk-available = Ya está disponible { part-desk-of }{ changed-also }
desk-unavailable = Ya no está disponible { part-desk-of }{ changed-also }
desk-price = El precio de { $what ->
    [0] un puesto
   *[other] { $what }
} ha pasado{ part-tail-from } a { $after }{ changed-also }
desk-renamed = «{ $old }» se llama ahora «{ $new }»{ changed-also }
desk-moved = Se ha trasladado { $what ->
    [0] un puesto
   *[other] { $what }
}{ part-tail-from-old } a { $plan }{ changed-also }
desk-fields = Se ha modificado { part-desk-of }: { changed-list }
desk-saved = Se ha guardado sin cambios { part-desk-of }
part-tail-kind = { $kind ->
    [0] {""}
   *[other] {" "}({ $kind })
}
desk-kind-office = despacho
desk-kind-dedicated = puesto fijo
desk-kind-hot = puesto flexible
desk-kind-room = sala

field-Area = la zona
field-Available = la disponibilidad
field-AvailableFromTime = la disponibilidad
field-AvailableToTime = la disponibilidad
field-Capacity = la capacidad
field-CoworkerContractFullNames = los contratos
field-FloorPlanName = el plano
field-ItemType = el tipo
field-Size = el tamaño

## Lo demás

part-tail-of-who = { $who ->
    [0] {""}
   *[other] {" "}de { $who }
}
part-tail-for-who = { $who ->
    [0] {""}
   *[other] {" "}para { $who }
}
part-tail-by-who = { $who ->
    [0] {""}
   *[other] {" "}de { $who }
}
part-tail-at-where = { $where ->
    [0] {""}
   *[other] {" "}en { $where }
}
part-tail-sum = { $sum ->
    [0] {""}
   *[other] : { $sum }
}
part-tail-text = { $text ->
    [0] {""}
   *[other] : { $text }
}
part-tail-from = { $before ->
    [0] {""}
   *[other] {" "}de { $before }
}
part-tail-instead = { $before ->
    [0] {""}
   *[other] {" "}en lugar de { $before }
}

unreadable-json = { $label }: el cuerpo no se puede leer como JSON
unreadable-empty = { $label }: el cuerpo es una lista vacía
unreadable-object = { $label }: no hay ningún objeto en el cuerpo
unreadable-more = { $count ->
    [one] { $label }: el cuerpo tiene un objeto más de los que se leen
   *[other] { $label }: el cuerpo tiene { $count } objetos más de los que se leen
}

any = { $label }{ part-any-title }
part-any-title = { $what ->
    [0] { $title ->
        [0] { $who ->
            [0] {""}
           *[other] : { $who }
        }
       *[other] : { $title }{ part-any-aside }
    }
   *[other] : { $what }{ part-any-aside }
}
part-any-aside = { $who ->
    [0] {""}
   *[other] {" "}({ $who })
}{ $sum ->
    [0] {""}
   *[other] , { $sum }
}
any-place = { $label }{ $where ->
    [0] {""}
   *[other] : { $where }
}
any-price = { $label }: { $what ->
    [0] { $title ->
        [0] precio
       *[other] { $title }
    }
   *[other] { $what }
}, ahora { $after }{ part-tail-instead }{ changed-also }
any-renamed = { $label }: «{ $old }» se llama ahora «{ $new }»{ changed-also }
any-fields = { $label }{ part-any-what } ({ changed-list })
any-saved = { $label }{ part-any-what } (guardado sin cambios)
part-any-what = { $what ->
    [0] { $title ->
        [0] {""}
       *[other] : { $title }
    }
   *[other] : { $what }
}
invoices-refunded = Factura reembolsada
invoices-cancelled = Factura anulada
nothing-known = Ha pasado algo
action-other = { $words ->
    [0] Acción { $name }
   *[other] Acción { $name }
}

## Datos

yes = sí
no = no

fact-action = Acción
fact-active = Cuenta activa
fact-active-contracts = Contratos activos
fact-address = Dirección
fact-alert = Aviso interno
fact-announced-by = Anunciada por
fact-approval = Aprobación
fact-archived = En el archivo
fact-arrived = Llegada
fact-article = Artículo
fact-attendee = Asistente
fact-author = Autor
fact-available = Disponible
fact-available-from = Disponible desde
fact-available-to = Disponible hasta
fact-balance = Saldo
fact-billed-to = Facturado a
fact-booked-on = Fecha del apunte
fact-booked-online = Reserva en línea
fact-booking-number = Número de reserva
fact-came = Ha venido
fact-cancelled = Cancelado
fact-cancels = Baja
fact-capacity = Capacidad
fact-changed-by = Modificado por
fact-charged-from = Se cobra desde
fact-charged-until = Se cobra hasta
fact-checked-in = Entrada
fact-checked-out-automatically = Salida automática
fact-closed = Cerrado
fact-closed-on = Cerrado el
fact-collected = Recogido
fact-collected-on = Fecha de recogida
fact-comments = Comentarios
fact-company = Empresa
fact-counts-towards-the-plan = Cuenta para el plan
fact-created = Fecha de creación
fact-credit = Haber
fact-credit-note = Nota de crédito
fact-customer = Cliente
fact-customer-told = Aviso al cliente
fact-debit = Debe
fact-default-plan = Plan por defecto
fact-delivery = Envío
fact-delivery-kind = Tipo
fact-department = Departamento
fact-description = Descripción
fact-desk = Puesto
fact-desk-kind = Tipo
fact-desks = Puestos
fact-draft = Borrador
fact-due = Vence
fact-email = Correo
fact-ends = Termina
fact-estimated-cost = Coste estimado
fact-event = Evento
fact-expected = Hora prevista
fact-expires = Caduca
fact-floor-plan = Plano
fact-for = Para
fact-forwarded-on = Fecha de reenvío
fact-from = Desde
fact-from-customer = Del cliente
fact-handling = Qué hacer
fact-has-due-invoices = Facturas pendientes
fact-host = Anfitrión
fact-host-email = Correo del anfitrión
fact-host-told = Aviso al anfitrión
fact-how = Cómo
fact-in = Entrada
fact-internal = Interna
fact-internal-notes = Notas internas
fact-invoice = Factura
fact-invoiced = Facturada
fact-invoiced-on = Facturado el
fact-is-active = Activo
fact-kept-at = Guardado en
fact-last-changed = Última modificación
fact-last-message = Último mensaje
fact-last-payment-attempt = Último intento de cobro
fact-left = Salida
fact-list-price = Precio de lista
fact-location = Local
fact-locations = Locales
fact-main-contract = Contrato principal
fact-members = Miembros
fact-members-only = Solo para miembros
fact-most-members = Máximo de miembros
fact-name = Nombre
fact-needs-a-signature = Requiere firma
fact-next-invoice = Próxima factura
fact-next-plan = Próximo plan
fact-notes = Notas
fact-number = Número
fact-opened = Abierta por el cliente
fact-out = Salida
fact-owner = A cargo de
fact-paid = Pagada
fact-paid-amount = Importe pagado
fact-paid-in-full = Pagada por completo
fact-paid-on = Pagada el
fact-paused = En pausa
fact-paying-member = Miembro que paga
fact-period-from = Periodo desde
fact-period-to = Periodo hasta
fact-phone = Teléfono
fact-place = Lugar
fact-places = Plazas
fact-plan = Plan
fact-plan-at-the-time = Plan en ese momento
fact-plan-price = Precio del plan
fact-platform-id = Id de la plataforma
fact-price = Precio
fact-private = Privado
fact-product = Producto
fact-proposal = Propuesta
fact-provider = Proveedor
fact-published = Publicado
fact-quantity = Cantidad
fact-reason = Motivo
fact-received-by = Recibido por
fact-recurring = Recurrente
fact-reference = Referencia
fact-refunded = Reembolsado
fact-refunded-on = Reembolsada el
fact-registered = Alta
fact-renews = Renovación
fact-repeats = Se repite
fact-responsible = Responsable
fact-returned-on = Fecha de devolución
fact-room = Sala
fact-room-kind = Tipo
fact-scanned-on = Fecha de escaneo
fact-sent-from = Enviado desde
fact-sent-on = Enviado el
fact-signed = Con firma
fact-single-invoice = Factura única del equipo
fact-sold = Vendido
fact-starts = Empieza
fact-state = Estado
fact-still-due = Pendiente
fact-subject = Asunto
fact-subscribed = Suscrito
fact-tags = Etiquetas
fact-tax = Impuesto
fact-team = Equipo
fact-team-at-the-time = Equipo en ese momento
fact-tentative = Provisional
fact-term = Plazo
fact-text = Texto
fact-thread = Tema
fact-ticket = Entrada
fact-title = Título
fact-to = Hasta
fact-total = Total
fact-tour = Visita guiada
fact-tried = Hora del intento
fact-unpublished = Publicado hasta
fact-value = Valor
fact-visitor = Visita
fact-visitors = Visitas
fact-void = Anulada
fact-was-invoiced = Facturado
fact-why-cancelled = Motivo de la cancelación
