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
checkin-automatic = automática
checkin-in = Entrada{ part-checkin-who }{ part-checkin-at }{ part-checkin-how }
checkin-out = Salida{ part-checkin-who }{ $where ->
    [0] {""}
   *[other] , { $where }
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
checkin-reopened = Anulada la salida{ part-checkin-who }{ $where ->
    [0] {""}
   *[other] , { $where }
}: sigue dentro{ changed-also }
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
visitor-was-refused = visita rechazada
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
customer-has-plan = Nuevo plan de { part-customer-who }{ $what ->
    [0] {""}
   *[other] : { $what }
}{ changed-also }
customer-left-plan = Sin plan { part-customer-who }{ $from ->
    [0] {""}
   *[other] : antes { $from }
}{ changed-also }
customer-next-plan = Próximo plan de { part-customer-who }: { $next }{ $date ->
    [0] {""}
   *[other] {" "}({ $date })
}{ changed-also }
customer-other-team = Cambia el equipo de { part-customer-who }: antes { $from }, ahora { $to }{ changed-also }
customer-joined-team = Nuevo equipo de { part-customer-who }{ $to ->
    [0] {""}
   *[other] : { $to }
}{ changed-also }
customer-left-team = { $who ->
    [0] Un cliente
   *[other] { $who }
} deja { $from ->
    [0] un equipo
   *[other] el equipo { $from }
}{ changed-also }
customer-other-place = Cambia el local de { part-customer-who }: { $from ->
    [0] ahora { $to }
   *[other] antes { $from }, ahora { $to }
}{ changed-also }
customer-renamed = { $from } ahora se llama { $who ->
    [0] de otra forma
   *[other] { $who }
}{ changed-also }
customer-owes = Facturas pendientes de { part-customer-who }{ changed-also }
customer-owes-nothing = Sin facturas pendientes: { part-customer-who }{ changed-also }
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
field-CheckinSinceLastRenewal = las entradas desde la renovación
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
field-MinutesSinceLastRenewal = los minutos usados
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
field-UserLastAccess = el último acceso a la cuenta

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
} sobre un envío{ part-delivery-item }{ part-delivery-shelf }{ changed-also }
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

## Facturación

## Propuestas y equipos

## Soporte y mensajes

## Eventos

## Comunidad, contenido y boletín

## Inventario, planos y locales

## Lo demás

# An event of which nothing more is known than its names.
any = { $what ->
    [0] { $who ->
        [0] { $label }
       *[other] { $label }: { $who }
    }
   *[other] { $label }: { $what }
}

## Datos

yes = sí
no = no

fact-action = Acción
fact-active = Cuenta activa
fact-alert = Aviso interno
fact-announced-by = Anunciada por
fact-approval = Aprobación
fact-archived = En el archivo
fact-arrived = Llegada
fact-booked-online = Reserva en línea
fact-booking-number = Número de reserva
fact-cancels = Baja
fact-changed-by = Modificado por
fact-checked-in = Entrada
fact-checked-out-automatically = Salida automática
fact-collected = Recogido
fact-collected-on = Fecha de recogida
fact-company = Empresa
fact-counts-towards-the-plan = Cuenta para el plan
fact-created = Creado
fact-customer = Cliente
fact-customer-told = Aviso enviado
fact-delivery = Envío
fact-delivery-kind = Tipo
fact-desk = Puesto
fact-email = Correo
fact-estimated-cost = Coste estimado
fact-expected = Hora prevista
fact-for = Para
fact-forwarded-on = Fecha de reenvío
fact-from = Desde
fact-handling = Qué hacer
fact-has-due-invoices = Facturas pendientes
fact-host = Anfitrión
fact-host-email = Correo del anfitrión
fact-host-told = Anfitrión avisado
fact-how = Cómo
fact-in = Entrada
fact-internal-notes = Notas internas
fact-invoice = Factura
fact-invoiced = Facturada
fact-kept-at = Guardado en
fact-last-changed = Última modificación
fact-left = Salida
fact-location = Local
fact-locations = Locales
fact-needs-a-signature = Requiere firma
fact-next-plan = Próximo plan
fact-notes = Notas
fact-out = Salida
fact-paid = Pagada
fact-phone = Teléfono
fact-plan = Plan
fact-plan-at-the-time = Plan de entonces
fact-platform-id = Id de la plataforma
fact-price = Precio
fact-reason = Motivo
fact-received-by = Recibido por
fact-registered = Alta
fact-renews = Renovación
fact-repeats = Se repite
fact-returned-on = Fecha de devolución
fact-room = Sala
fact-room-kind = Tipo
fact-scanned-on = Fecha de escaneo
fact-signed = Con firma
fact-team = Equipo
fact-team-at-the-time = Equipo de entonces
fact-tentative = Provisional
fact-to = Hasta
fact-tour = Visita guiada
fact-tried = Hora del intento
fact-visitor = Visita
fact-visitors = Visitas
