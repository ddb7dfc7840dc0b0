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

field-AutoCheckout = la salida automática
field-CheckinAttemptTime = la hora del intento
field-CountsTowardsPlanLimits = si cuenta para el plan
field-LastActivity = la última actividad
field-MacAddresses = los dispositivos
field-TariffAtTheTimeOfCheckin = el plan de entonces
field-TeamsAtTheTimeOfCheckin = el equipo de entonces

## Visitas

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
