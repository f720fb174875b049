import math
def sigmoid(x): return 1/(1+math.exp(-x))
def d_sigmoid(out): return out*(1-out)
a1 = sigmoid(0.1*0.2 + 0.4*0.6 + 0.25)    # 0.6248065
a2 = sigmoid(-0.3*0.2 + 0.2*0.6 + 0.25)   # 0.5768853
y1 = sigmoid(w5*a1 + w6*a2 + b2)          # 0.6563400
y2 = sigmoid(w7*a1 + w8*a2 + b2)          # 0.7390934
d1 = (y1 - 0.9) * d_sigmoid(y1)           # -0.0549594
d2 = (y2 - 0.05) * d_sigmoid(y2)          # 0.1328809
w5 -= 0.5 * d1 * a1                       # 0.5171695
dh1 = (d1*w5 + d2*w7) * d_sigmoid(a1)     # 0.0026820
