"""Makes <name>/model.safetensors: the gradients of a fixture's loss with respect to every parameter of its encoder.

    pip install torch==2.13.0 transformers==5.18.0 safetensors
    python gradients.py ../folders .

The loss is the one of ../folders/<name>/expected.safetensors: head.* of it over the last hidden states of its clips,
each run alone. The weight of the positional convolution is one parameter, its weight norm multiplied out.
"""
import os, sys
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoFeatureExtractor, AutoModel

folders, out = sys.argv[1:]
for name in ("hubert-base", "hubert-large", "hubert-distil", "wavlm-base", "wavlm-large"):
    folder = f"{folders}/{name}"
    expected = load_file(f"{folder}/expected.safetensors")
    model = AutoModel.from_pretrained(folder).eval()
    torch.nn.utils.parametrize.remove_parametrizations(model.encoder.pos_conv_embed.conv, "weight")
    extractor = AutoFeatureExtractor.from_pretrained(folder)
    head = {key: expected[f"head.{key}"] for key in ("attn_w", "attn_b", "w1", "b1", "w2", "b2")}
    logits = []
    for i in range(3):
        wave = expected[f"wave.{i}"].numpy()
        x = torch.from_numpy(extractor(wave, sampling_rate=16000, return_tensors="np").input_values)
        hidden = model(x).last_hidden_state[0]
        weights = torch.softmax((hidden @ head["attn_w"] + head["attn_b"]).squeeze(-1), dim=0)
        pooled = weights @ hidden
        logits.append(torch.nn.functional.gelu(pooled @ head["w1"] + head["b1"]) @ head["w2"] + head["b2"])
    loss = torch.nn.functional.cross_entropy(torch.stack(logits), expected["head.labels"])
    loss.backward()
    assert abs(loss.item() - expected["head.loss"].item()) < 1e-5, (name, loss.item(), expected["head.loss"].item())
    os.makedirs(f"{out}/{name}", exist_ok=True)
    save_file({key: p.grad for key, p in model.named_parameters() if p.grad is not None}, f"{out}/{name}/model.safetensors")
    print(name, loss.item())
