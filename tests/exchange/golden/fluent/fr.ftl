billing--refund =
    Bonjour { $customer__first_name },
    {"[1]"} l'argent est en route.
    .subject = Votre remboursement
# Only here
merci = Merci{" "}
