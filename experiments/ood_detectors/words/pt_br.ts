import type { Words } from "./en.ts";
/** Textos da página sobre detectores. */
export const words: Words = {
  name: "Detectores",
  asked: "Qual detector é o melhor, e por quanto?",
  description:
    "Um ranking de detectores do que está fora da distribuição, com muitos tipos de imagens estranhas.",
  question:
    "Muitas pontuações prometem dizer o que uma rede nunca viu. Nas mesmas redes, nos mesmos dados e em muitos tipos de imagens estranhas: quais delas o fazem, e a diferença é mais que sorte?",
  classifiers: { "reference": "rede de referência", "best": "rede maior" },
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
  groups: { near: "conjuntos próximos", far: "conjuntos distantes" },
  bestPart: (group, detector, mean) => `${mean} em ${group} (\`${detector}\`)`,
  meanPart: (mean, group) => `${mean} em ${group}`,
  findingBest: (group, classifier, detector, mean, lowest, set) =>
    `Em ${group}, na ${classifier}, \`${detector}\` tem a maior AUROC média dos detectores cujas regras foram definidas sem olhar para tais conjuntos: ${mean}, mínima ${lowest} (${set}).`,
  findingAhead: (group) => `Em ${group}, nenhum intervalo de outro deles alcança o do melhor.`,
  findingLevel: (group, level, one, others) =>
    `Em ${group}, não se demonstra que ${level} dos ${others} outros ${
      one ? "seja pior: o seu intervalo alcança" : "sejam piores: os seus intervalos alcançam"
    } o do melhor.`,
  findingElsewhere: (classifier, bests) =>
    `Na ${classifier}, cujo treino foi definido depois de olhar para tais conjuntos, as maiores AUROCs médias são ${bests}.`,
  findingSettled: (detector, classifier, means) =>
    `À parte está \`${detector}\`, cuja regra foi definida depois de olhar para tais conjuntos; as suas AUROCs médias na ${classifier} são ${means}.`,
  findingOneSeed:
    "Tudo isto vem de uma semente: o que mudaria com outro treino das redes não é demonstrado, e os intervalos só dizem respeito a outras imagens de teste.",
  findingSeeds: (group, detector, low, high, first, seeds) =>
    `Em ${group}, a AUROC média de \`${detector}\` ${
      low === high
        ? `é de ${low} com todas as sementes`
        : `fica entre ${low} e ${high} conforme a semente`
    }, e é a maior com ${first} de ${seeds} sementes.`,
  findingOther: (detector, classifier, auroc, level) =>
    level === ""
      ? `No outro conjunto de dados, \`${detector}\` lidera na ${classifier} com a primeira semente (AUROC ${auroc}), significativamente à frente de todos os demais (teste de DeLong, correção de Holm).`
      : `No outro conjunto de dados, \`${detector}\` lidera na ${classifier} com a primeira semente (AUROC ${auroc}). O teste de DeLong com a correção de Holm não mostra diferença em relação a: ${level}.`,
  findingOtherSettled: (detector) =>
    `A regra de \`${detector}\`, que lidera ali, foi definida depois de olhar para tais conjuntos.`,
  findingHardest: (set, auroc, detector, level) =>
    level === ""
      ? `O conjunto mais difícil é “${set}”: o melhor que um detector faz nele é AUROC ${auroc} (\`${detector}\`), e os intervalos do melhor em outros conjuntos ficam acima.`
      : `A menor das melhores AUROCs dos conjuntos é ${auroc}, em “${set}” (\`${detector}\`); não se demonstra que ele seja mais difícil que ${level}.`,
  findingBelow: (detectors, sets, most, one, set, least, largest) =>
    `Detectores com AUROC abaixo de 0,5 em algum conjunto: ${detectors}, o maior número deles em ${sets} (${most}${
      one ? "" : " em cada"
    }). Em “${set}”, de ${least} a ${largest} das imagens estranhas, conforme o detector, pontuam acima da mediana das que pertencem.`,
  setNamed: (set) => `“${set}”`,
  findingRightElsewhere:
    "Inverter essas pontuações consertaria um conjunto e estragaria outro: cada uma delas tem AUROC acima de 0,5 em algum conjunto da mesma rede, com o seu intervalo.",
  detectorOn: (detector, classifier) => `\`${detector}\` (${classifier})`,
  findingNowhereRight: (detectors) =>
    `Estes números não mostram que a pontuação de ${detectors} esteja do lado certo (um teste com linhas inventadas mostra): em nenhum conjunto um intervalo da sua AUROC fica acima de 0,5.`,
  findingLength: (set, ratios) =>
    `Em “${set}”, o comprimento médio das ativações da penúltima camada, dividido pelo das imagens que pertencem, é ${ratios}.`,
  lengthPart: (ratio, classifier) => `${ratio} (${classifier})`,
  findingThreshold: (low, high) =>
    `Um limiar que deveria aceitar 95% das imagens dentro da distribuição aceita de ${low} a ${high} das novas, conforme o detector, a rede e a semente.`,
  method: (detectors, sets, seeds, oneSeed, fitted) => `
${detectors} detectores foram ajustados às ativações de ${fitted} imagens de treino, em duas redes
(${seeds} ${oneSeed ? "semente" : "sementes"} cada), e pontuados em ${sets} conjuntos de imagens que
não pertencem. Nenhum detector e nenhuma rede foi ajustado a nenhum desses conjuntos.

Conjuntos próximos são imagens do mesmo conjunto de dados: de classes que foram reservadas, giradas
ou misturadas duas a duas. Os distantes vêm de outro conjunto de dados, ou cada um dos seus pixels
foi alterado, movido ou sorteado independentemente. Quão bem eles são detectados não tem papel nessa divisão.

Nem tudo foi escolhido sem eles: a regra de \`weakest-level\`, um acréscimo nosso, e o treino da
rede maior foram decididos depois de ver resultados em tais conjuntos. Por isso, os seus números
não são evidência independente de como se saem com outros tipos de imagens; os outros detectores
mantêm as suas configurações padrão, que são as dos seus artigos onde estes as indicam.

Uma pontuação é alta para o que está dentro da distribuição. A AUROC é a média das sementes; o seu
intervalo, nas tabelas, é o de DeLong para uma semente. Os limiares vêm de imagens dentro da
distribuição que foram reservadas.
`,
  samplesAlt: (set) => `Nove pequenas imagens do conjunto ${set}`,
  setsTitles: {
    near: "O que não pertence aos dados: conjuntos próximos",
    far: "O que não pertence aos dados: conjuntos distantes",
  },
  lengthsTitle: "Quão longas são as ativações",
  lengthsCaption:
    "Comprimento médio das ativações da penúltima camada em cada conjunto, dividido pelo das imagens que pertencem, primeira semente. Pontuações de logits crescem com ele.",
  lengthsColumn: (classifier) => `Na ${classifier}`,
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
  boardTitle: (classifier) => `O ranking na ${classifier}`,
  boardCaption:
    "AUROC por detector (linha, o melhor em conjuntos próximos primeiro, o que foi definido depois de olhar por último) e conjunto (coluna, os próximos primeiro), média das sementes; quanto mais forte a cor de uma célula, mais longe do acaso, 0,5, e abaixo dele na outra cor.",
  boardRows: "detector",
  boardColumns: "conjunto",
  meanColumns: { near: "Média, próximos", far: "Média, distantes" },
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
    above: "Fora acima da mediana",
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
    logits: "os logits",
    penultimate: "as ativações da penúltima camada",
    layers: "as camadas ocultas",
    pixels: "os pixels",
  },
  looksAtNothing: "Não olha para nada: uma verificação do protocolo.",
  looksAtParts: (parts) => `Olha para ${parts}.`,
  headline: (detector, sets, group, other) =>
    `é a AUROC média de \`${detector}\` em ${group} (${sets}), a maior das regras que não viram nenhum deles${
      other === "" ? "" : `; ${other}`
    }`,
  widestInterval: (range) => `intervalo de 95% não mais largo que ${range}`,
  reached: (level, others) => `outros que não se mostraram piores: ${level} de ${others}`,
  oneSeed: "uma semente",
};
