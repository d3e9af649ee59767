import type { Words } from "./en.ts";
/** Textos da página sobre misturas e detecção fora da distribuição. */
export const words: Words = {
  name: "Misturas e OOD",
  asked: "Uma mistura sobre as ativações de uma rede percebe o que não pertence aos dados?",
  description:
    "Quão bem misturas gaussianas sobre as ativações de uma rede dizem o que não pertence aos dados, por componentes e por weight decay.",
  question:
    "Uma mistura gaussiana aprende onde ficam as ativações da penúltima camada para os dígitos de treino. Quão bem a sua densidade separa dígitos de teste de imagens de outra coisa, quantos componentes deve ter, e o que o weight decay faz com isso?",
  coverCaption: (inside, outside) =>
    `Imagens de teste de ${inside} (dentro da distribuição) e de ${outside} (fora da distribuição) pela log-densidade na mistura: quanto menor, menos pertencem.`,
  findingBest: (auroc, fpr, components, decay) =>
    `Escolhida sem olhar para dados fora da distribuição (a rede de maior acurácia, weight decay ${decay}; os componentes por BIC, ${components}), a mistura alcança AUROC ${auroc} e aceita ${fpr} das imagens fora da distribuição quando aceita 95% das que estão dentro.`,
  findingDecay: (low, lowAuroc, high, highAuroc, components) =>
    `Com ${components}, a AUROC é ${lowAuroc} com weight decay ${low} e ${highAuroc} com ${high}, em uma rede para cada valor.`,
  findingRank: (low, lowRank, high, highRank, units) =>
    `As ativações usam ${lowRank} de ${units} direções com weight decay ${low} e ${highRank} com ${high} (posto efetivo, uma rede para cada valor).`,
  findingDecayOpen: (decays) =>
    `Os intervalos da acurácia dela e da acurácia com weight decay ${decays} se sobrepõem, portanto a acurácia não decide a escolha da rede.`,
  findingEdge: (choices) =>
    `O maior número de componentes testado é a escolha ${choices}: um maior pode ser melhor.`,
  choicesOf: {
    byBic: "do BIC",
    byHeldOut: "da log-densidade em dados reservados",
    oracle: "do oráculo",
  },
  edgePart: (choices, decays) => `${choices} ${decays}`,
  everyDecay: "com todo weight decay",
  atDecays: (decays) => `com weight decay ${decays}`,
  findingOracle: (gap) =>
    `Conhecer as imagens fora da distribuição renderia no máximo ${gap} de AUROC sobre a escolha por BIC entre os números testados.`,
  findingOracleSame:
    "Entre os números testados, conhecer as imagens fora da distribuição não teria escolhido um melhor que o do BIC.",
  findingSoftmaxWorse: (softmax, mixture) =>
    `A confiança da própria rede, a probabilidade softmax máxima, fica atrás dela: AUROC ${softmax} contra ${mixture}, e os intervalos não se sobrepõem.`,
  findingSoftmaxBetter: (softmax, mixture) =>
    `A confiança da própria rede, a probabilidade softmax máxima, fica à frente dela: AUROC ${softmax} contra ${mixture}, e os intervalos não se sobrepõem.`,
  findingSoftmaxOpen: (softmax, mixture) =>
    `Entre a confiança da própria rede, a probabilidade softmax máxima (AUROC ${softmax}), e a mistura (${mixture}) nenhuma diferença é demonstrada.`,
  findingSoftmaxElsewhere: (decays) =>
    `Nos outros casos a confiança da própria rede tem a AUROC maior: ${decays}.`,
  softmaxAt: (decay, softmax, mixture, shown) =>
    `com weight decay ${decay}, ${softmax} contra ${mixture} da mistura${
      shown ? " (os intervalos não se sobrepõem)" : " (nenhuma diferença é demonstrada)"
    }`,
  findingAccuracy: (low, lowAccuracy, high, highAccuracy) =>
    `A acurácia da rede é ${lowAccuracy} com weight decay ${low} e ${highAccuracy} com ${high}.`,
  componentsText: (count, one) => `${count} ${one ? "componente" : "componentes"}`,
  method: (fitted, inside, outside) => `
Para cada weight decay a rede foi treinada de novo, e misturas com covariâncias completas foram
ajustadas às ativações da penúltima camada para ${fitted} imagens de treino. Elas foram pontuadas em ${inside}
imagens de teste dentro da distribuição e ${outside} fora.

A pontuação é a log-densidade, alta para o que está dentro. AUROC é a chance de uma imagem dentro
da distribuição pontuar mais que uma fora; FPR95 é a proporção das imagens fora da distribuição
aceitas no limiar que aceita 95% das que estão dentro. O número de componentes é escolhido por BIC
ou pela log-densidade em dados reservados, nunca olhando dados fora da distribuição; o oráculo,
que olha, aparece ao lado.
`,
  decayName: (decay) => `decay ${decay}`,
  aurocTitle: "Quão bem cada mistura separa",
  aurocCaption:
    "AUROC por componentes, uma linha por weight decay. Um anel marca o número que o BIC escolhe.",
  aurocAxis: "AUROC",
  fprTitle: "Quanto passa despercebido",
  fprCaption:
    "Imagens fora da distribuição aceitas quando 95% das que estão dentro o são; menos é melhor.",
  fprAxis: "FPR95",
  chance: "acaso",
  componentsAxis: "componentes",
  bicTitle: "O que diz o BIC",
  bicCaption: "BIC por imagem ajustada, menos o menor de cada weight decay; o menor é escolhido.",
  bicAxis: "BIC acima do menor, por imagem",
  heldOutTitle: "O que dizem os dados reservados",
  heldOutCaption:
    "Log-densidade média de imagens dentro da distribuição a que a mistura não foi ajustada, menos a maior de cada weight decay.",
  heldOutAxis: "log-densidade reservada, abaixo da maior",
  sweepTitle: "A varredura inteira de relance",
  sweepCaption:
    "AUROC por weight decay (linha) e componentes (coluna); quanto mais forte a cor de uma célula, mais longe do acaso, 0,5, e abaixo dele na outra cor.",
  sweepRows: "weight decay",
  sweepColumns: "componentes",
  choiceTitle: "O que cada critério obtém",
  choiceCaption:
    "Uma linha por weight decay: a sua rede, as suas ativações e as misturas que cada maneira de escolher toma.",
  choiceColumns: {
    decay: "Weight decay",
    accuracy: "Acurácia",
    rank: "Posto efetivo",
    byBic: "Por BIC",
    bicAuroc: "AUROC por BIC",
    byHeldOut: "Por dados reservados",
    heldOutAuroc: "AUROC por dados reservados",
    oracle: "Oráculo",
    oracleAuroc: "AUROC do oráculo",
    softmax: "AUROC softmax",
  },
  histogramTitle: (decay) => `Pontuações com weight decay ${decay}`,
  histogramCaption: (components, byBic) =>
    `Log-densidade sob a mistura de ${components}${
      byBic ? ", que o BIC escolheu" : ""
    }. As barras externas, além das linhas tracejadas, contêm tudo o que está mais longe.`,
  histogramX: "log-densidade",
  histogramY: "proporção das imagens",
  inside: "dentro",
  outside: "fora",
  binColumns: {
    from: "De",
    to: "Até",
    inside: "Dentro da distribuição",
    outside: "Fora da distribuição",
  },
  scoresIntro:
    "Para cada weight decay, as pontuações de uma mistura, a sua curva ROC e o que obtém cada número de componentes: primeiro a mistura que o BIC escolheu, e qualquer outra onde se podem mover os controles.",
  shown: (components, decay, auroc, fpr, byBic) =>
    `${components} com weight decay ${decay}${
      byBic ? " (escolha do BIC)" : ""
    }: AUROC ${auroc}, FPR95 ${fpr}.`,
  decayRocTitle: (decay) => `Todos os limiares com weight decay ${decay}`,
  decayRocCaption: (components, byBic) =>
    `Proporção aceita das imagens dentro da distribuição contra proporção aceita das que estão fora, para a mistura de ${components}${
      byBic ? ", que o BIC escolheu" : ""
    }; tracejada, a probabilidade softmax máxima da mesma rede.`,
  decayMixturesTitle: (decay) => `Todas as misturas com weight decay ${decay}`,
  chosenColumn: "Escolhida",
  mixture: "mistura",
  rocTitle: "Todos os limiares de uma vez",
  rocCaption: (decay) =>
    `Proporção aceita das imagens dentro da distribuição contra proporção aceita das que estão fora, para a mistura que o BIC escolheu; tracejada, a probabilidade softmax máxima com weight decay ${decay}.`,
  rocScore: "Pontuação",
  rocX: "aceitas de fora",
  rocY: "aceitas de dentro",
  softmax: "softmax",
  columns: {
    decay: "Weight decay",
    components: "Componentes",
    bic: "BIC",
    heldOut: "Log-densidade em dados reservados",
    auroc: "AUROC",
    auprIn: "AUPR dentro",
    auprOut: "AUPR fora",
    fpr: "FPR95",
    iterations: "Iterações EM",
    converged: "Convergiu",
    seconds: "Segundos",
  },
  histogramsHeading: "As próprias pontuações",
  choiceHeading: "Escolher o número de componentes",
  headline: (components, decay) =>
    `é a AUROC de uma mistura de ${components} sobre uma rede, escolhida sem olhar para o que deveria rejeitar (weight decay ${decay})`,
};
