"""PyTorch as a peer: training a dense network, matrix products."""
import protocol

try:
    import numpy as np
    import torch
except ImportError as error:
    protocol.missing(error)

torch.set_flush_denormal(True)

activations = {"linear": torch.nn.Identity, "relu": torch.nn.ReLU, "silu": torch.nn.SiLU}


def network(layers, inputs, weights):
    modules = []
    for i, layer in enumerate(layers):
        linear = torch.nn.Linear(inputs, layer["units"])
        kernel, bias = (torch.from_numpy(protocol.read_array(weights[2 * i + part])) for part in (0, 1))
        with torch.no_grad():
            linear.weight.copy_(kernel.reshape(inputs, -1).T)
            linear.bias.copy_(bias)
        modules += [linear, activations[layer["activation"]]()]
        inputs = layer["units"]
    return torch.nn.Sequential(*modules)


def pixels(path, scale):
    key = ("pixels", path)
    if key not in protocol._arrays:
        protocol._arrays[key] = torch.from_numpy(protocol.read_array(path, "float32") * np.float32(scale))
    return protocol._arrays[key]


def train(x, labels, test, testLabels, layers, weights, orders, inputScale, epochs, batchSize, learningRate,
          threads, foreach=False):
    torch.set_num_threads(threads)
    data = pixels(x, inputScale)
    targets = torch.from_numpy(protocol.read_array(labels).astype(np.int64))
    order = torch.from_numpy(protocol.read_array(orders).astype(np.int64))[:epochs]
    model = network(layers, data.shape[1], weights)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=learningRate, foreach=foreach)

    def run():
        for epoch in order:
            losses = []
            for rows in epoch.split(batchSize):
                optimizer.zero_grad(set_to_none=True)
                loss = criterion(model(data[rows]), targets[rows])
                loss.backward()
                optimizer.step()
                losses.append(loss.detach() * len(rows))
        return float(torch.stack(losses).sum() / len(data))

    with protocol.limit_threads(threads):
        loss, seconds = protocol.timed(run)
    with torch.no_grad():
        predicted = model(pixels(test, inputScale)).argmax(1).numpy()
    accuracy = float((predicted == protocol.read_array(testLabels)).mean())
    return {"seconds": seconds, "loss": loss, "accuracy": accuracy}


def product(a, b, threads):
    torch.set_num_threads(threads)
    left, right = (torch.from_numpy(protocol.read_array(path)) for path in (a, b))
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: left @ right)
    return {"seconds": seconds}


protocol.serve(
    {"PyTorch": torch.__version__, "numpy": np.__version__},
    {"train": train, "product": product},
)
