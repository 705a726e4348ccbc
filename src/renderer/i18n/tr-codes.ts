import { CODE_LABELS_TR } from '../../shared/labels/tr.ts';
import type { enCodes } from './en-codes.ts';

/** Turkish words for every code that main may send: errors, checks, statuses, states, fields. */
export const trCodes: typeof enCodes = {
  errors: {
    USAGE: { what: 'İstek anlaşılamadı.', todo: 'Girdiğiniz bilgileri kontrol edip yeniden deneyin.' },
    CONNECTION_UNKNOWN: { what: 'Böyle bir bağlantı yok.', todo: 'Başka bir bağlantı seçin veya yeniden bağlanın.' },
    CONNECTION_EXISTS: { what: 'Bu adda bir bağlantı zaten var.', todo: 'Başka bir ad seçin.' },
    ORDER_UNKNOWN: { what: 'Bu sipariş yerel kopyada yok.', todo: 'Eşitleyin, sonra yeniden arayın.' },
    ORDER_VANISHED: {
      what: 'Bu sipariş Omnitron’da artık yok, bu yüzden hiçbir şeyi düzeltilemez.',
      todo: 'Orada yeniden varsa önce eşitleyin.',
    },
    LINE_UNKNOWN: { what: 'Bu sipariş satırı yerel kopyada yok.', todo: 'Eşitleyin, sonra yeniden arayın.' },
    NUMBER_AMBIGUOUS: { what: 'Bu numara birden çok siparişe ait.', todo: 'Siparişi kimliğiyle seçin.' },
    FIELD_NOT_WRITABLE: {
      what: 'Omnitron bu alanın değiştirilmesine izin vermiyor.',
      todo: 'Doğrudan Omnitron’da düzeltin.',
    },
    VALUE_INVALID: { what: 'Bir değer geçerli değil.', todo: 'Düzeltip yeniden deneyin.' },
    CORRECTION_UNKNOWN: { what: 'Bu düzeltme artık yok.', todo: 'Listeyi yenileyin.' },
    CORRECTION_STATE: {
      what: 'Bu düzeltmenin durumu bu arada değişti.',
      todo: 'Güncel durumuna bakıp yeniden karar verin.',
    },
    CANCELLATION_OFF: {
      what: 'Buradan iptal ve iade başlatma kapalı.',
      todo: 'Doğrudan Omnitron’da yapın veya kontrol kurallarında açın.',
    },
    BATCH_UNKNOWN: { what: 'Böyle bir fiş yok.', todo: 'Listeyi yenileyin.' },
    BATCH_STATE: { what: 'Fişin durumu buna izin vermiyor.', todo: 'Nedeni okuyun ve fişin güncel durumuna bakın.' },
    OWN_BATCH: { what: 'Kimse hazırlanmasında payı olan fişi onaylayamaz.', todo: 'Başka bir kişiye onaylatın.' },
    USER_UNKNOWN: {
      what: 'Bu kişi burada tanınmıyor veya burada oturum açamıyor.',
      todo: 'Kişi listesine bakın veya kişinin kimlik dosyasını içe aktarın.',
    },
    USER_EXISTS: { what: 'Bu kişi burada zaten tanınıyor.', todo: 'Başka bir ad seçin.' },
    USER_NEEDED: { what: 'Bunun için oturum açmış bir kişi gerekiyor.', todo: 'Adınız ve PIN’inizle oturum açın.' },
    PIN_WRONG: { what: 'PIN doğru değil.', todo: 'Yeniden girin. Beş yanlış PIN oturum açmayı duraklatır.' },
    PIN_PAUSED: {
      what: 'Çok fazla yanlış PIN girildi: oturum açma duraklatıldı.',
      todo: 'Sürenin bitmesini bekleyip yeniden deneyin.',
    },
    FILE_REFUSED: {
      what: 'Bu dosya kabul edilemez.',
      todo: 'Nedeni okuyun ve dosyayı gönderen kişiden yeniden isteyin.',
    },
    FINDING_UNKNOWN: { what: 'Bu fark artık yok ya da zaten sonuçlandırılmış.', todo: 'Listeyi yenileyin.' },
    ENTRY_UNKNOWN: { what: 'Geri alınacak böyle bir kayıt yok.', todo: 'Listeyi yenileyin.' },
    UNDO_REFUSED: {
      what: 'Bu işlem artık geri alınamaz.',
      todo: 'Zaten geri alınmış ya da sonradan başka bir karar verilmiş: önce onu geri alın.',
    },
    URL_INVALID: {
      what: 'Bu adres kullanılamıyor.',
      todo: 'Sunucunun kök adresini girin, örneğin https://sirket.omnitron.akinon.net.',
    },
    TOKEN_MISSING: {
      what: 'Bu bağlantı için anahtar (token) veya parola yok.',
      todo: 'Ayarlar ekranında birini girin.',
    },
    SIGN_IN_REFUSED: {
      what: 'Omnitron oturum açmayı reddetti.',
      todo: 'Anahtarı (token) veya kullanıcı adı ile parolayı kontrol edin ya da Omnitron yöneticinizden yenisini isteyin.',
    },
    SIGN_IN_CODE_NEEDED: {
      what: 'Bu hesap oturum açarken tek kullanımlık kod istiyor.',
      todo: 'Bu program kod giremez. Bunun yerine bir anahtar (token) kullanın.',
    },
    SIGN_IN_PAUSED: {
      what: 'Oturum açma duraklatıldı.',
      todo: 'Altı dakika içinde üç kez oturum açıldı. En fazla altı dakika bekleyip yeniden deneyin.',
    },
    FORBIDDEN: {
      what: 'Bu anahtarın bu işlem için yetkisi yok.',
      todo: 'Eksik yetkiyi Omnitron yöneticinizden isteyin.',
    },
    NOT_REACHABLE: { what: 'Omnitron’a ulaşılamıyor.', todo: 'Ağı ve adresi kontrol edip yeniden deneyin.' },
    TIMEOUT: { what: 'Omnitron zamanında yanıt vermedi.', todo: 'Birkaç dakika sonra yeniden deneyin.' },
    RATE_LIMITED: {
      what: 'Omnitron daha az istek gönderilmesini istiyor.',
      todo: 'Birkaç dakika bekleyip yeniden deneyin.',
    },
    SERVER_ERROR: { what: 'Omnitron kendi içinde bir hata bildirdi.', todo: 'Daha sonra yeniden deneyin.' },
    REDIRECT_REFUSED: {
      what: 'Sunucu başka bir adrese yönlendiriyor; bu izlenmez.',
      todo: 'Bağlantının adresini kontrol edin.',
    },
    RESPONSE_TOO_LARGE: { what: 'Omnitron’un yanıtı beklenenden büyük.', todo: 'Daha sonra yeniden deneyin.' },
    RESPONSE_INVALID: {
      what: 'Omnitron’un yanıtı belgelerindeki biçimde değil.',
      todo: 'Kayıtlı hiçbir şey değişmedi. Yeniden deneyin; sürerse destek ekibine bildirin.',
    },
    REQUEST_REJECTED: { what: 'Omnitron isteği reddetti.', todo: 'Nedenini okuyup değeri düzeltin.' },
    VANISHED_IN_QUESTION: {
      what: 'Şüphe uyandıracak kadar çok sipariş artık Omnitron’da yok.',
      todo: 'Bağlantının doğru mağazaya gittiğini kontrol edip yeniden eşitleyin.',
    },
    NOT_FOUND: { what: 'Omnitron bu adresi veya kaydı tanımıyor.', todo: 'Bağlantının adresini kontrol edin.' },
    DATA_LOCKED: {
      what: 'Bu veri klasörünü başka bir program kullanıyor.',
      todo: 'Diğer pencereyi kapatın veya komut satırının bitmesini bekleyin.',
    },
    DATA_NOT_WRITABLE: {
      what: 'Veri klasörüne yazılamıyor.',
      todo: 'Klasörün izinlerini kontrol edip yeniden deneyin.',
    },
    DATA_FULL: { what: 'Disk dolu.', todo: 'Yer açıp yeniden deneyin. Kayıtlı hiçbir şey kaybolmadı.' },
    DATA_TOO_NEW: {
      what: 'Veriler programın daha yeni bir sürümüyle yazılmış.',
      todo: 'O sürümü kurun. Hiçbir şey değiştirilmedi.',
    },
    DATA_DAMAGED: {
      what: 'Yerel veriler hasarlı.',
      todo: 'Programı yeniden başlatın: siparişlerin hasarlı kopyası bir kenara konur ve yeniden alınabilir. Hasarlı olan local.db ise yedekten geri yükleyin.',
    },
    FILE_NOT_WRITABLE: { what: 'Dosya yazılamıyor.', todo: 'Dosya Excel’de açıksa kapatın veya başka bir yer seçin.' },
    FILE_NOT_READABLE: {
      what: 'Dosya açılamıyor.',
      todo: 'Dosyanın hâlâ yerinde olduğunu, klasör olmadığını ve okuma izniniz bulunduğunu kontrol edin.',
    },
    STATEMENT_UNREADABLE: {
      what: 'Bu dosya ekstre olarak okunamıyor.',
      todo: 'Nedeni okuyun, dosyayı CSV veya XLSX olarak yeniden dışa aktarıp tekrar deneyin. Hiçbir şey kaydedilmedi.',
    },
    STATEMENT_KNOWN: {
      what: 'Bu dosya daha önce içe aktarıldı.',
      todo: 'Yeniden okunacaksa önce eski ekstreyi geri çekin.',
    },
    STATEMENT_UNKNOWN: { what: 'Bu ekstre kayıtlı değil.', todo: 'Ekstre listesini yenileyin.' },
    MATCH_UNKNOWN: {
      what: 'Böyle bir satır ya da eşleşme artık yok.',
      todo: 'Listeye yeniden bakın.',
    },
    MATCH_STATE: {
      what: 'Eşleşmenin durumu buna izin vermiyor.',
      todo: 'Belirsiz satır için bir sipariş seçin; onaylı eşleşmeyi önce geri alın.',
    },
    STATEMENT_STATE: {
      what: 'Ekstre şu anda geri çekilemiyor veya geri getirilemiyor.',
      todo: 'Nedeni okuyun: önce aynı satırları taşıyan başka bir ekstre geri çekilmeli.',
    },
    STATEMENT_COLUMN_MISSING: {
      what: 'Dosyada gerekli bir sütun eksik.',
      todo: 'Sütunları elle seçin veya başka bir profil kullanın.',
    },
    STATEMENT_COLUMN_UNCLEAR: {
      what: 'Birden çok sütun kastedilmiş olabilir.',
      todo: 'Sütunu elle seçin.',
    },
    STATEMENT_DECIMAL_UNCLEAR: {
      what: 'Tutarlar iki farklı şekilde okunabiliyor.',
      todo: 'Toplamları basılı toplamla karşılaştırıp virgülü veya noktayı seçin.',
    },
    STATEMENT_DATE_UNCLEAR: {
      what: 'Tarihler iki farklı şekilde okunabiliyor.',
      todo: 'Önce günün mü ayın mı yazıldığını seçin.',
    },
    PROFILE_UNKNOWN: { what: 'Bu adda bir profil yok.', todo: 'Başka bir profil seçin.' },
    NODE_TOO_OLD: { what: 'Çalışma ortamı çok eski.', todo: 'Programı kendi çalışma ortamıyla başlatın.' },
    BUSY: { what: 'Program bu işi zaten yapıyor.', todo: 'Bitmesini bekleyin.' },
    CANCELLED: { what: 'İptal edildi.', todo: 'Şimdiye kadar yapılanlar saklandı.' },
    IPC_REFUSED: { what: 'Pencerenin isteği reddedildi.', todo: 'Programı yeniden başlatın.' },
    INTERNAL: { what: 'Beklenmeyen bir şey oldu.', todo: 'Yeniden deneyin. Sürerse programı yeniden başlatın.' },
  },
  severity: CODE_LABELS_TR.severities,
  status: CODE_LABELS_TR.statuses,
  findingStatus: CODE_LABELS_TR.findingStatuses,
  reason: CODE_LABELS_TR.reasons,
  state: {
    queued: 'Sırada',
    checking: 'Kontrol ediliyor',
    sending: 'Gönderiliyor',
    verifying: 'Doğrulanıyor',
    applied: 'Uygulandı',
    waiting: 'Bekliyor',
    unknown: 'Belirsiz',
    conflict: 'Çakışma',
    rejected: 'Reddedildi',
    withdrawn: 'Geri çekildi',
  },
  field: {
    is_send: 'ERP’ye aktarıldı',
    invoice_number: 'Fatura numarası',
    invoice_date: 'Fatura tarihi',
    e_archive_url: 'e-Arşiv bağlantısı',
    tracking_number: 'Takip numarası',
    shipping_company: 'Kargo firması',
    status: 'Satır durumu',
    cancel_status: 'İptal durumu',
    /** A key of a line's extra_field. */
    extra: 'Ek alan “{{key}}”',
  },
};
