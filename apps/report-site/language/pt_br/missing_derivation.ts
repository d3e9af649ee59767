import type { Catalogue } from "../catalogue.ts";

/** Textos da dedução do k-means com entradas ausentes. */
export const missingDerivation: Catalogue["missingDerivation"] = {
  title: "k-means com entradas ausentes, deduzido",
  short: "Dedução: entradas ausentes",
  description:
    "A dedução do k-means com entradas ausentes gaussianas, com verificações por máquina.",
  question:
    "Faltam algumas entradas dos dados. Cada uma é tomada como gaussiana com média e variância conhecidas. Que atribuições e que centroides minimizam o custo esperado do k-means?",
  setting1:
    "Há $N$ pontos $x_i \\in \\mathbb{R}^D$. Do ponto $i$ as entradas em $O_i$ são observadas e as em $M_i$ estão ausentes, $O_i \\cup M_i = \\{1, \\dots, D\\}$. Uma entrada ausente é uma variável aleatória, independente de tudo o mais, com média $m_d$ e variância $c > 0$. O exercício tem $m_d = 0$; nada abaixo fica mais difícil com uma média para cada atributo.",
  setting2:
    "Procuram-se atribuições $r_{ik} \\in \\{0, 1\\}$ com $\\sum_k r_{ik} = 1$ e centroides $\\mu_k \\in \\mathbb{R}^D$ que minimizem o custo esperado, dado o que é observado:",
  setting3:
    "Só a média e a variância das entradas ausentes vão importar; que sejam gaussianas não é necessário.",
  expectation: "A esperança em forma fechada",
  expectation1:
    "A distância quadrática é uma soma sobre entradas, e a esperança também. Uma entrada observada é uma constante. Para uma ausente, some e subtraia a média dentro do quadrado; o termo misto tem esperança zero:",
  expectation2:
    "Com o ponto preenchido $\\tilde{x}_i$, que tem $\\tilde{x}_{id} = x_{id}$ onde a entrada é observada e $\\tilde{x}_{id} = m_d$ onde está ausente, a distância esperada é",
  expectation3:
    "Para $m_d = 0$ este é o custo do exercício: $\\sum_{o \\in O_i} (x_{io} - \\mu_{ko})^2 + \\sum_{m \\in M_i} (\\mu_{km}^2 + c)$.",
  assignment: "A melhor atribuição",
  assignment1:
    "Com os centroides fixos o custo é uma soma sobre pontos, e cada ponto pode escolher o seu grupo sozinho. O termo $c\\,|M_i|$ é o mesmo para todos os grupos, e se cancela:",
  assignment2:
    "A variância $c$ desloca o objetivo, em $c \\sum_i |M_i|$, mas nunca uma atribuição; ela não pode ser aprendida do agrupamento e não precisa ser escolhida.",
  centroids: "Os melhores centroides",
  centroids1:
    "Com as atribuições fixas o custo é uma função quadrática de cada centroide. Com $N_k = \\sum_i r_{ik}$,",
  centroids2:
    "A hessiana em relação a $\\mu_k$ é $2 N_k I$, definida positiva para um grupo não vazio, de modo que anular o gradiente dá o único mínimo:",
  centroids3:
    "Um centroide é a média dos seus pontos com $m_d$ nos lugares ausentes. Escrito só sobre as entradas observadas, com $\\lambda_{kd}$ a parte dos pontos do grupo $k$ a que falta a entrada $d$ e $\\bar{x}_{kd}$ a média dos que a têm,",
  centroids4:
    "a priori puxa cada entrada do centroide para $m_d$, tanto mais quanto mais falta. Em direção a 0 isso é muito errado para um pixel que costuma ser claro; em direção à média do pixel é inofensivo. Como as distâncias não mudam quando todos os dados são deslocados, uma priori média é a priori zero sobre dados centrados, e com a média das entradas observadas como $m_d$ é o k-means depois da imputação pela média.",
  algorithm: "O algoritmo, e por que ele para",
  algorithm1:
    "Juntos, os dois passos são o algoritmo de Lloyd sobre os dados preenchidos $\\tilde{x}$; o custo difere do deles por uma constante:",
  algorithm2:
    "Nenhum dos passos pode aumentar $J$, que é limitado por baixo por $c \\sum_i |M_i|$. Se uma iteração inteira não diminui $J$, os centroides já eram o mínimo único para a sua atribuição, portanto não se moveram, nem nada se moverá depois (empates vão para o menor índice). Caso contrário $J$ cai estritamente, e como há no máximo $K^N$ atribuições, cada uma das quais fixa $J$ depois da sua atualização, o algoritmo para depois de um número finito de iterações, em um ponto onde nenhum passo sozinho faz melhor. Não precisa ser o mínimo global.",
  algorithm3:
    "Um grupo que perde todos os pontos não tem média; o seu centroide vai para o ponto que está mais longe do próprio centroide, o que não aumenta o custo de ninguém e leva o daquele ponto a zero quando for atribuído em seguida.",
  kpod: "O que o k-POD faz em vez disso",
  kpod1: "O k-POD retira do custo os termos ausentes e mantém os observados. Ele minimiza",
  kpod2:
    "preenchendo cada entrada ausente com a do centroide atual do seu ponto, o que majora o custo: com $\\tilde{x}_{im} = \\mu_{k(i)m}$ os termos ausentes são zero nos centroides atuais e nunca negativos, de modo que um passo de Lloyd sobre os dados preenchidos não pode aumentar o custo sobre as entradas observadas. Nada puxa os centroides para uma priori, mas um grupo pode parecer próximo de um ponto só porque pouco do ponto é observado.",
  traceTitle: "O custo esperado, meio passo a meio passo",
  traceCaption: "Atribuição e atualização se alternam; nenhuma pode aumentar o custo.",
  traceX: "meio passo",
  traceY: "custo esperado",
};
