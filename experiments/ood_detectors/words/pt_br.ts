import type { Words } from "./en.ts";
/** Textos da página sobre detectores. */
export const words: Words = {
  name: "Detectores",
  asked: "Que detector percebe melhor, e por quanto?",
  title: "Detectores",
  description:
    "Uma classificação de detectores fora da distribuição sobre muitos tipos de imagens estranhas.",
  heading: "Que detector percebe o que não pertence?",
  question:
    "Muitas pontuações prometem dizer o que uma rede nunca viu. Nas mesmas redes, nos mesmos dados e em muitos tipos de imagens estranhas: quais delas o fazem, e a diferença é mais que sorte?",
  classifiers: { "reference": "rede de referência", "best": "rede melhor" },
  sets: {
    "other-data-set": "outro conjunto",
    "rotated": "giradas",
    "inverted": "invertidas",
    "shuffled-pixels": "embaralhadas",
    "gaussian-noise": "ruído gaussiano",
    "uniform-noise": "ruído uniforme",
    "blended": "misturadas",
    "held-out-classes": "classes reservadas",
  },
  findingBest: (detector, classifier, mean, lowest, set) =>
    `Dos detectores cujas regras foram definidas sem olhar para tais conjuntos, o melhor na média sobre todos eles é \`${detector}\` na ${classifier}: AUROC média ${mean}, mínima ${lowest} (${set}).`,
  findingSettled: (detector, classifier, mean) =>
    `À parte deles está \`${detector}\`, cuja regra foi definida depois de olhar para tais conjuntos: AUROC média ${mean} na ${classifier}.`,
  findingOther: (detector, classifier, auroc, level) =>
    level === ""
      ? `No outro conjunto de dados, \`${detector}\` lidera na ${classifier} (AUROC ${auroc}), significativamente à frente de todos os demais (teste de DeLong, correção de Holm).`
      : `No outro conjunto de dados, \`${detector}\` lidera na ${classifier} (AUROC ${auroc}). O teste de DeLong com a correção de Holm não mostra diferença em relação a: ${level}.`,
  findingHardest: (set, auroc, detector) =>
    `O conjunto mais difícil é “${set}”: o melhor que um detector faz nele é AUROC ${auroc} (\`${detector}\`).`,
  findingBelow: (detectors, set, most) =>
    `Detectores com AUROC abaixo de 0,5 em algum conjunto: ${detectors}, a maioria deles em “${set}” (${most}). Ali a pontuação está do lado certo e mesmo assim é mais alta do que para dígitos: eles tomam essas imagens por mais comuns do que dígitos.`,
  findingThreshold: (low, high) =>
    `Um limiar que deveria aceitar 95% das imagens dentro da distribuição aceita de ${low} a ${high} das novas.`,
  method: (detectors, sets, seeds, oneSeed, fitted) => `
${detectors} detectores foram ajustados às ativações de ${fitted} imagens de treino, em duas redes
(${seeds} ${oneSeed ? "semente" : "sementes"} cada), e pontuados em ${sets} conjuntos de imagens que
não pertencem. Nenhum detector e nenhuma rede foi ajustado a nenhum desses conjuntos.

Nem tudo foi escolhido sem eles: a regra de \`weakest-level\`, um acréscimo nosso, e o treino da
rede melhor foram decididos depois de ver resultados em tais conjuntos. Por isso, os seus números
não são evidência independente de como se saem com outros tipos de imagens; os outros detectores
têm as configurações dos seus artigos.

Uma pontuação é alta para o que está dentro da distribuição. A AUROC é a média das sementes; o seu
intervalo, nas tabelas, é o de DeLong para uma semente. Os limiares vêm de imagens dentro da
distribuição que foram reservadas.
`,
  samplesAlt: (set) => `Nove pequenas imagens do conjunto ${set}`,
  setsTitle: "O que não pertence",
  networksTitle: "As redes",
  networkColumns: {
    network: "Rede",
    parameters: "Pesos e vieses",
    epochs: "Épocas",
    batch: "Lote",
    rate: "Primeiro passo do Adam",
    decay: "Weight decay",
    smoothing: "Suavização dos rótulos",
    copies: "Cópias alteradas de cada imagem",
    accuracy: "Acurácia de teste, média das sementes",
  },
  boardTitle: (classifier) => `A classificação na ${classifier}`,
  boardCaption:
    "AUROC por detector (linha, o melhor na média primeiro) e conjunto (coluna), média das sementes; quanto mais forte a cor de uma célula, mais longe do acaso, 0,5, e abaixo dele na outra cor.",
  boardRows: "detector",
  boardColumns: "conjunto",
  meanColumn: "Média",
  otherTitle: (classifier) => `Distinguir o outro conjunto de dados, na ${classifier}`,
  otherCaption: "Um círculo por semente; a barra marca a média.",
  aurocAxis: "AUROC",
  scoresTitle: "Todas as pontuações",
  scoresCaption:
    "Cada rede, semente, detector e conjunto, com o intervalo de DeLong da AUROC e se fica significativamente atrás do melhor detector do conjunto (primeira semente).",
  columns: {
    classifier: "Rede",
    seed: "Semente",
    detector: "Detector",
    set: "Conjunto",
    auroc: "AUROC",
    low: "95% de",
    high: "95% até",
    behind: "Atrás do melhor",
    auprIn: "AUPR dentro",
    auprOut: "AUPR fora",
    fpr: "FPR95",
    achieved: "Dentro aceitas a 95%",
    accepted: "Fora aceitas a 95%",
  },
  comparisonsTitle: "O melhor é melhor por mais que sorte?",
  comparisonsCaption:
    "O melhor detector de cada conjunto contra cada um dos outros, primeira semente.",
  comparisonColumns: {
    classifier: "Rede",
    set: "Conjunto",
    best: "Melhor",
    other: "Outro",
    difference: "Diferença",
    pValue: "Valor-p",
    significant: "Significativo",
  },
  fitsTitle: "Quanto custam os detectores, e o que o ajuste relatou",
  fitsCaption: "Tempo de relógio de ajustar e de pontuar, dadas as ativações, primeira semente.",
  fitColumns: {
    classifier: "Rede",
    detector: "Detector",
    fit: "Ajuste, ms",
    score: "Pontuação, ms",
    notes: "Notas",
  },
  sourcesTitle: "Os detectores e de onde vêm",
  looksAt: {
    nothing: "não olha nada: uma verificação do protocolo",
    logits: "olha os logits",
    penultimate: "olha as penúltimas ativações",
    layers: "olha várias camadas",
    pixels: "olha os pixels",
  },
  headline: (detector, sets, lowest) =>
    `é a AUROC média de \`${detector}\` sobre ${sets} tipos de imagens estranhas, o melhor cuja regra não viu nenhum deles (mínima: ${lowest})`,
  widestInterval: (range) => `intervalo de 95% não mais largo que ${range}`,
};
