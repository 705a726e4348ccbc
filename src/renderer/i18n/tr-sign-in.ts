import type { enSignIn } from './en-sign-in.ts';

/** Turkish words about signing in and about the runs that begin by themselves. */
export const trSignIn: typeof enSignIn = {
  signIn: {
    way: 'Oturum açma yolu',
    byToken: 'Anahtar',
    byPassword: 'Kullanıcı ve parola',
    username: 'Kullanıcı adı',
    password: 'Parola',
    kept: 'Bu bilgisayarın anahtar deposunda saklanır, hiçbir dosyaya yazılmaz.',
    session: 'Bu bilgisayarda anahtar deposu yok: program kapanana kadar tutulur.',
    usernameEmpty: 'Kullanıcı adını girin.',
    passwordEmpty: 'Parolayı girin.',
    save: 'Kullanıcıyı ve parolayı kaydet',
    saved: 'Kullanıcı ve parola kaydedildi.',
  },
  schedule: {
    title: 'Kendiliğinden eşitleme',
    interval: 'İki eşitleme arasındaki dakika',
    intervalHelp: '5 ile 1440 arası, hiç olmasın isterseniz 0; bilgisayar uyandıktan sonra da yapılır',
    intervalBad: '5 ile 1440 arasında bir tam sayı veya 0 girin.',
    atStart: 'Program başlayınca',
    on: 'Eşitle',
    off: 'Bekle',
  },
};
