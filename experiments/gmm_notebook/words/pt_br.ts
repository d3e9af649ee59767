import type { Words } from "./en.ts";
/** Textos da página que repete o notebook. */
export const words: Words = {
  name: "O notebook repetido",
  asked: "Por que as misturas do notebook original falharam?",
  description:
    "O protocolo do exercício original repetido, com os seus erros, ao lado dos números publicados.",
  question:
    "O exercício original concluiu que uma mistura sobre as ativações da rede separa dígitos de roupas pior que uma moeda: AUC 0,40. Isso se reproduz, e por quê?",
  findingAgain: (auc, components, published) =>
    `Calculada como no notebook, a melhor AUC é ${auc}, com ${components}; ele publicou ${published}, com 1 componente.`,
  findingNotSign: (auc, corrected) =>
    `O sinal não explica nada aqui: o notebook chama de 1 o que está fora da distribuição e o pontua pela log-densidade, que é alta para o que está dentro, mas a AUC de ${auc} da mesma mistura é só ${corrected} do lado certo.`,
  findingSign: (auc, corrected) =>
    `O sinal explica uma parte: o notebook chama de 1 o que está fora da distribuição e o pontua pela log-densidade, que é alta para o que está dentro. A AUC de ${auc} da mesma mistura é ${corrected} do lado certo.`,
  findingSignOpen: (auc, corrected) =>
    `Não se demonstra se o sinal explica alguma parte: o notebook chama de 1 o que está fora da distribuição e o pontua pela log-densidade, que é alta para o que está dentro; a AUC de ${auc} da mesma mistura é ${corrected} do lado certo, e o seu intervalo contém 0,5.`,
  findingBelow: (below, all) =>
    `Misturas que ficam abaixo de 0,5 mesmo do lado certo, com os seus intervalos: ${below} de ${all}. Para estas, imagens de roupas parecem mais típicas que os dígitos na maior parte das vezes.`,
  findingEdge: "É o maior número de componentes testado aqui: um maior pode ser melhor.",
  findingAbove: (auc, components) => `Do lado certo, a melhor AUC é ${auc}, com ${components}.`,
  findingAccuracy: (ours, interval, published) =>
    `O classificador desta receita alcança uma acurácia de ${ours} aqui (intervalo de 95% ${interval}) e de ${published} no notebook.`,
  findingAccuracyOther: (ours, published) =>
    `O classificador desta receita alcança uma acurácia de ${ours} aqui e de ${published} no notebook; com outras imagens, ou menos delas, uma execução não pode mostrar por quê.`,
  findingExplained: (recipes, published) =>
    `${published} aparece onde o weight decay é mais fraco em relação aos pixels, com todo o resto igual: o intervalo contém esse valor para ${recipes}.`,
  findingUnexplained: (recipes, published) =>
    `Nada do que foi tentado explica ${published}: o intervalo também não contém esse valor para ${recipes}.`,
  recipe: (pixels, decay) => `${pixels} e weight decay ${decay}`,
  recipeWith: (recipe, accuracy, auc) => `${recipe} (${accuracy}, AUC ${auc} com 1 componente)`,
  pixelScales: {
    unit: "pixels de 0 a 1",
    standard: "pixels de média 0 e desvio 1",
  },
  recipesTitle: "Por que as acurácias diferem",
  recipesCaption:
    "A mesma rede por outras receitas, cada uma ao lado dos números do notebook: AUC como publicada, com 1 componente.",
  recipeColumns: {
    recipe: "Receita",
    accuracy: "Acurácia",
    interval: "Intervalo de 95%",
    auc: "AUC",
  },
  recipesElsewhere:
    "O PyTorch dá em todo o MNIST (20 épocas de Adam, lotes de 1024, taxa de aprendizado 0,001, weight decay 0,01) acurácia de 94,4 a 94,9% e AUC de 0,49 a 0,53 em três sementes. Pixels padronizados, como é costume, dão de 96,4 a 96,8% e de 0,34 a 0,42; weight decay 0,001 dá 96,9% e 0,37. O que não explica o notebook, com uma semente cada: taxas de aprendizado de 0,002 e 0,01 (95,1% e 94,3%), lotes de 128 (95,0%), pesos iniciais pela regra de Glorot (95,6%; 0,53), pixels de −1 a 1 (95,2%; 0,12), e o AdamW, cujo weight decay age de outro modo (96,9%, mas AUC de 0,06).",
  span: (first, last) => `de ${first} a ${last}`,
  method: (decay, components) => `
O protocolo do notebook foi repetido passo a passo: uma rede treinada com weight decay ${decay},
misturas gaussianas sobre as ativações da sua penúltima camada, e a maneira do notebook de pontuá-las. O
notebook testou de 1 a 20 componentes; aqui os números de componentes são ${components}.

Os seus erros são repetidos de propósito. A seção abaixo diz o que cada um deles faz; a página
sobre misturas mostra o protocolo sem eles.
`,
  comparisonTitle: "Os números do notebook e os nossos",
  comparisonColumns: { quantity: "Grandeza", published: "Notebook", ours: "Aqui" },
  rowAccuracy: "Acurácia do classificador",
  rowBestComponents: "Componentes com a maior log-densidade média dos dígitos",
  rowInside: "Log-densidade das imagens dentro da distribuição, ali",
  rowOutside: "Log-densidade das imagens fora da distribuição, ali",
  rowBestAccuracy: "Melhor acurácia na mediana",
  rowBestAuc: "Melhor AUC como publicada",
  spread: (mean, deviation) => `${mean} ± ${deviation}`,
  atComponents: (value, components) => `${value}, com ${components}`,
  mistakesTitle: "O que cada erro faz",
  mistakes: [
    {
      name: "Weight decay 0,01",
      effect:
        "O Adam soma o weight decay ao gradiente, onde ele é grande em comparação com os gradientes de uma rede treinada. Isso pode colapsar as ativações da penúltima camada em poucas direções, e com elas o espaço em que roupas poderiam diferir de dígitos. A página sobre misturas varia o weight decay e nada mais, e mede os dois.",
    },
    {
      name: "Misturas ajustadas às ativações de teste",
      effect:
        "Os dígitos pontuados são aqueles a que a densidade foi ajustada; as suas log-densidades são favorecidas, tanto mais quanto mais componentes há. Isso favorece o detector, e esconde que escolher 20 componentes pela log-densidade é escolher pelo ajuste de treino.",
    },
    {
      name: "Imagens de treino das roupas",
      effect:
        "As imagens fora da distribuição vêm do conjunto de treino do Fashion-MNIST. Isso muda pouco, pois nenhum modelo viu nenhuma delas, mas os dois conjuntos têm tamanhos diferentes, de modo que a acurácia parte de uma base diferente de 50%.",
    },
    {
      name: "O sinal do rótulo",
      effect:
        "O que está fora da distribuição é rotulado 1 e a pontuação é a log-densidade, que é alta para o que está dentro. Toda AUC é portanto 1 menos o que deveria ser.",
    },
    {
      name: "Acurácia na mediana",
      effect:
        "Um limiar na mediana de todas as pontuações chama metade das imagens de fora da distribuição, seja qual for a sua proporção verdadeira. Com tamanhos desiguais nem uma pontuação perfeita acerta tudo ali, e acima da mediana ele chama de fora da distribuição as imagens que estão mais dentro.",
    },
  ],
  aucTitle: "A AUC que foi publicada, e a mesma do lado certo",
  aucCaption: "Um ponto por mistura. Abaixo de 0,5, uma pontuação é pior que uma moeda.",
  aucAxis: "AUC",
  aucPublished: "como publicada",
  aucCorrected: "do lado certo",
  chance: "uma moeda",
  densityTitle: "Log-densidade dos dois tipos de imagens",
  densityCaption: "Média, e um desvio padrão para cada lado.",
  densityAxis: "log-densidade",
  componentsAxis: "componentes da mistura",
  inside: "dentro",
  outside: "fora",
  columns: {
    components: "Componentes",
    insideMean: "Média dentro",
    insideDeviation: "Desvio dentro",
    outsideMean: "Média fora",
    outsideDeviation: "Desvio fora",
    accuracy: "Acurácia na mediana",
    auc: "AUC como publicada",
    corrected: "AUC corrigida",
  },
  headline: (corrected) =>
    `é a melhor AUC pelo protocolo do notebook; ${corrected} quando os rótulos são postos do lado certo`,
  componentsText: (count, one) => `${count} ${one ? "componente" : "componentes"}`,
};
