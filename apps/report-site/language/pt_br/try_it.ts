import type { tryIt as english } from "../en/try_it.ts";

/** Texts of the page on which readers try the models. */
export const tryIt: typeof english = {
  title: "Experimente",
  description:
    "Desenhe algo: o classificador, o detector e os grupos desta execução julgam o desenho na própria página.",
  heading: "Desenhe algo. Pertence aos dados?",
  question:
    "Os modelos desta execução julgam o que você desenha, escolhe ou envia: qual é a classe, se pertence mesmo aos dados, e com quais imagens se parece.",
  findingAccuracy: (share, rows) =>
    `O classificador desta página acerta ${share} de ${rows} imagens de teste.`,
  findingOther: (share, title, alpha) =>
    `O detector considera ${share} das imagens de ${title} fora da distribuição, com valor-p de no máximo ${alpha}.`,
  findingAlarms: (share, interval, rows) =>
    `No mesmo nível, o detector considera fora da distribuição ${share} (${interval}) de ${rows} imagens de teste, embora pertençam: alarmes falsos.`,
  findingLetters: (drawn, found, passed) =>
    `De ${drawn} letras maiúsculas, de A a Z no alfabeto de um só traço de Hershey, o detector considera ${found} fora da distribuição e toma ${passed} por pertencentes.`,
  findingDigits: (drawn, classified, accepted) =>
    `De ${drawn} dígitos no mesmo alfabeto, de 0 a 9 como são, mais estreitos e mais largos, o classificador acerta ${classified}, e o detector toma ${accepted} por pertencentes.`,
  method: (neighbors, detector, heldOut, least, box, side) => `
Nada sai da página: classificador, detector, grupos e ${neighbors} imagens de treino são carregados
com ela, e os pacotes publicados do Mixtape calculam tudo aqui, sem servidor.

O detector é uma densidade por classe (\`${detector}\`): uma imagem recebe a pontuação da classe em
que melhor se encaixa. Se k das n = ${heldOut} imagens reservadas têm pontuação tão baixa quanto a da imagem,
ou menor, o valor-p dela é (k + 1) / (n + 1) (conformal por divisão). Por isso ele nunca é
menor que ${least}, por mais estranha que seja a imagem.

Um desenho é tratado como foram as imagens de treino: redimensionado, mantendo a proporção, até que
o lado maior tenha ${box} de ${side} pixels, e deslocado até que o centro de massa fique onde fica o
delas. Uma imagem enviada pode ser uma fotografia com iluminação desigual: ajusta-se uma superfície
suave ao papel, e a tinta é o que se destaca dela.

Nada do que se pode escolher aqui foi selecionado pelo que os modelos dizem. As letras são as
primeiras do alfabeto de um só traço de Hershey, o rabisco liga os primeiros 16 pontos da sequência
de Halton, e as imagens são a primeira de cada classe de ambos os conjuntos de teste e uma de cada
modo de alterar imagens de teste.
`,
  tryTitle: "Desenhe, escolha ou envie",
  needsScript:
    "Desenhar requer um script, que este navegador não executa. O que os modelos dizem das imagens abaixo foi calculado quando o relatório foi feito.",
  pad: "O quadro: desenhe com mouse, dedo ou caneta",
  undo: "Desfazer",
  clear: "Limpar",
  drawings: "Desenhos para pôr no quadro",
  drawingNames: {
    letterA: "A",
    letterB: "B",
    letterC: "C",
    dot: "Ponto",
    scribble: "Rabisco",
  },
  images: "Imagens para escolher",
  upload: "Envie uma imagem, cole-a ou solte-a aqui",
  uploadFailed: (file) =>
    `${file} não é uma imagem que o navegador consiga ler; por isso não há veredito. Todo navegador lê PNG e JPEG.`,
  uploadIncomplete: (file) =>
    `Falta uma parte da imagem em ${file}; por isso não há veredito. Salve ou copie o arquivo de novo.`,
  pasteFailed:
    "O que foi colado não é uma imagem; por isso não há veredito. Copie antes uma imagem ou o arquivo dela.",
  uploadEmpty: "Não há nada desenhado nesta imagem: parece papel vazio.",
  failed: "Não foi possível ler os modelos desta execução; por isso nada pode ser testado aqui.",
  seen: "O que os modelos veem",
  inside: "dentro da distribuição",
  outside: "fora da distribuição",
  verdict: (className, belonging) => `${className}, ${belonging}`,
  nothing: "Nada desenhado ainda",
  pValue: (p, lower, heldOut) =>
    `p = ${p}. Imagens reservadas com pontuação tão baixa, ou menor: ${lower} de ${heldOut}.`,
  leastPValue: (p, heldOut) =>
    `p = ${p}, o menor valor que ${heldOut} imagens reservadas permitem: nenhuma delas tem pontuação tão baixa.`,
  falseAlarms: (alpha, share, interval, rows) =>
    `“Fora da distribuição” quer dizer p ≤ ${alpha}. Alarmes falsos nesse nível: ${share} (${interval}) de ${rows} imagens de teste, que pertencem.`,
  took: (milliseconds) => `Calculado aqui em ${milliseconds} ms.`,
  probabilities: "Probabilidade de cada classe",
  classColumn: "Classe",
  probabilityColumn: "Probabilidade",
  scoreTitle: "A pontuação do detector",
  scoreDescription: (inside, outside) =>
    `Proporções de imagens de teste de ${inside} e ${outside} por pontuação, com a pontuação desta imagem`,
  scoreAxis: "pontuação (alta: pertence)",
  shareAxis: "proporção de imagens",
  thisImage: "esta imagem",
  cluster: "Grupo mais próximo",
  clusterNote: (cluster, className) => `Grupo ${cluster}, na maioria ${className}`,
  neighbors: "Imagens de treino mais próximas",
  presetsTitle: "O que os modelos dizem destas imagens",
  presetsCaption:
    "A primeira imagem de teste de cada classe, a primeira imagem de cada classe do outro conjunto de dados, e imagens de teste alteradas, uma de cada modo. Sob cada uma: a classe que o classificador indica, e se o detector considera que ela pertence.",
  kinds: {
    "in-distribution": "Imagem de teste",
    "other-data-set": "Outro conjunto",
    "rotated": "Girada",
    "inverted": "Invertida",
    "shuffled-pixels": "Pixels embaralhados",
    "gaussian-noise": "Ruído gaussiano",
    "uniform-noise": "Ruído uniforme",
    "blended": "Duas misturadas",
    "held-out-classes": "Classe reservada",
  },
  imageName: (kind, className) => `${kind}: ${className}`,
  columns: {
    image: "Imagem",
    predicted: "Classe indicada",
    probability: "Probabilidade",
    score: "Pontuação",
    pValue: "Valor-p",
    belonging: "O detector diz",
    cluster: "Grupo",
    neighbors: "Classes das mais próximas",
  },
  histogramTitle: (detector) => `Pontuações do detector, um ${detector} por classe`,
  histogramCaption: (alpha) =>
    `Imagens de teste dos dois conjuntos por pontuação. Uma imagem é considerada fora da distribuição se o valor-p dela é no máximo ${alpha}.`,
  filesTitle: "Os modelos",
  filesBody:
    "Os arquivos com que esta página calcula, como os pacotes os escrevem e leem: pesos no formato safetensors, detector e grupos em JSON, imagens com um byte por pixel.",
  file: (name, size) => `${name} (${size} kB)`,
};
